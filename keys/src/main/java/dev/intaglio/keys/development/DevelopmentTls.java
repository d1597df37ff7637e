package dev.intaglio.keys.development;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

/// A TLS server's key and certificate for development, from an authority that certifies nothing else: trusting it to name
/// servers is another matter than trusting [DevelopmentKeys] to name issuers.
///
/// @param server a PEM file with the key (P-256) and its certificate
/// @param authority a PEM file with the certificate that clients are to trust
public record DevelopmentTls(Path server, Path authority) {

    private static final String CA_FILE = "tls-ca.p12";
    private static final String ANCHOR_FILE = "tls-ca.pem";
    private static final String SERVER_FILE = "tls-server.pem";
    private static final String CA_NAME = "Intaglio development TLS CA";
    private static final String SERVER_NAME = "Intaglio development server";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /// The files in a directory, made if they are not there. A certificate that is not for exactly these hosts, or near
    /// its end, is replaced together with its key; the authority stays.
    ///
    /// Leaves `tls-ca.p12`, `tls-ca.pem` and `tls-server.pem` behind, readable by their owner only. Two processes
    /// starting at once come to the same files.
    ///
    /// @param hosts names, and addresses with those of IPv6 in brackets
    public static DevelopmentTls loadOrCreate(Path directory, List<String> hosts, Clock clock, SecureRandom random)
            throws IOException {
        try (var lock = DirectoryLock.on(directory)) {
            var file = new AuthorityFile(directory.resolve(CA_FILE), CA_NAME, clock, random);
            var ca = file.loadOrCreate();
            var server = directory.resolve(SERVER_FILE);
            var purpose = new Purpose.TlsServerAt(hosts);
            if (!Files.exists(server) || !file.isGood(Pem.certificates(server).getFirst(), ca, purpose))
                OwnerOnly.write(newServer(ca, purpose), server);
            return new DevelopmentTls(server, file.publish(ca, ANCHOR_FILE));
        }
    }

    private static byte[] newServer(DevelopmentCa ca, Purpose purpose) {
        var keys = ca.newKeys(JWSAlgorithm.ES256);
        var certificate = ca.certify(SERVER_NAME, purpose, keys.getPublic());
        return ("-----BEGIN PRIVATE KEY-----\n"
                        + LINES.encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n"
                        + Pem.write(List.of(certificate)))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
