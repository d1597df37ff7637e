package dev.intaglio.cli;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Tls;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/// A server of our own making that is reached by https, and how to reach it: its authority is trusted and no other.
final class TlsServer {
    /// The file in a data directory with the certificate of a development server's authority.
    static final String AUTHORITY = "tls-ca.pem";

    private final URI address;
    private final SSLContext trust;

    TlsServer(URI address, List<X509Certificate> authorities) {
        this.address = address;
        trust = Tls.trustingOnly(authorities);
    }

    JdkTransport transport() {
        return JdkTransport.create(trust);
    }

    /// What a person's browser would be, with the authority among those it knows.
    HttpClient.Builder browser() {
        return HttpClient.newBuilder().sslContext(trust).sslParameters(Tls.parameters());
    }

    /// What a client and the server agree upon.
    ///
    /// @throws UncheckedIOException if they do not
    Agreed handshake() {
        try (var socket = (SSLSocket) trust.getSocketFactory().createSocket(address.getHost(), address.getPort())) {
            socket.setSSLParameters(Tls.parameters());
            socket.startHandshake();
            return Agreed.in(socket.getSession());
        } catch (IOException failed) {
            throw new UncheckedIOException("no TLS with " + address, failed);
        }
    }

    /// @param authority who vouches for the server
    record Agreed(String version, String cipherSuite, String authority) {
        private static Agreed in(SSLSession session) throws IOException {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? new Agreed(
                            session.getProtocol(),
                            session.getCipherSuite(),
                            certificate.getIssuerX500Principal().getName())
                    : new Agreed(session.getProtocol(), session.getCipherSuite(), "");
        }

        Tree fact() {
            return Tree.of("connection", version + ", " + cipherSuite + ", server vouched for by " + authority);
        }

        JsonObject in(JsonObject result) {
            return result.with("tls", version);
        }
    }
}
