package dev.intaglio.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// The textual encoding of RFC 7468: base64 between a `BEGIN` and an `END` line. Text around the blocks is ignored.
public final class Pem {

    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /// The contents of the blocks with this label, in order.
    ///
    /// @throws IllegalArgumentException if a block of this label is not base64
    public static List<byte[]> blocks(String text, String label) {
        var blocks = new ArrayList<byte[]>();
        var matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(label))
                blocks.add(Base64.getMimeDecoder().decode(matcher.group(2)));
        }
        return blocks;
    }

    /// The labels of the blocks in a text, in order.
    public static List<String> labels(String text) {
        return BLOCK.matcher(text).results().map(block -> block.group(1)).toList();
    }

    /// The certificates in a file, in order.
    ///
    /// @throws IllegalArgumentException if there is none, or one cannot be read
    public static List<X509Certificate> certificates(Path file) throws IOException {
        var blocks = blocks(Files.readString(file, StandardCharsets.ISO_8859_1), "CERTIFICATE");
        if (blocks.isEmpty()) throw new IllegalArgumentException(file + " holds no certificate");
        try {
            return blocks.stream().map(X5c::certificate).toList();
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(file + " holds a certificate that cannot be read", unreadable);
        }
    }

    /// The certificates as a PEM text, one block each.
    public static String write(List<X509Certificate> certificates) {
        var text = new StringBuilder();
        for (var certificate : certificates) {
            text.append("-----BEGIN CERTIFICATE-----\n")
                    .append(LINES.encodeToString(encoded(certificate)))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString();
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException broken) {
            throw new IllegalArgumentException(
                    "the certificate of " + certificate.getSubjectX500Principal() + " cannot be encoded", broken);
        }
    }
}
