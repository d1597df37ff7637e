package dev.intaglio.cli.inspect;

import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// X.509 certificates: whose, by whom, for how long.
final class Certificates {
    static final String KIND = "certificate";

    private final Instant now;

    Certificates(Instant now) {
        this.now = now;
    }

    Inspected pem(String text) {
        return inspected(
                Pem.blocks(text, "CERTIFICATE").stream().map(Certificates::read).toList());
    }

    Inspected der(String base64) {
        return inspected(X5c.parse(List.of(base64)));
    }

    private static X509Certificate read(byte[] der) {
        return X5c.parse(List.of(Base64.getEncoder().encodeToString(der))).getFirst();
    }

    private Inspected inspected(List<X509Certificate> certificates) {
        var details = JsonObject.builder()
                .put("kind", KIND)
                .putEach("certificates", certificates.stream(), this::details)
                .build();
        var tree = certificates.size() == 1
                ? tree("X.509 certificate", certificates.getFirst())
                : new Tree(Times.plural(certificates.size(), "X.509 certificate"), "", parts(certificates));
        return Inspected.of(KIND, tree, details);
    }

    /// One part a certificate, in the order of the chain.
    List<Tree> parts(List<X509Certificate> chain) {
        var parts = new ArrayList<Tree>();
        for (var certificate : chain) {
            parts.add(tree("certificate " + (parts.size() + 1), certificate));
        }
        return parts;
    }

    private Tree tree(String label, X509Certificate certificate) {
        var parts = new ArrayList<Tree>();
        parts.add(Tree.of("subject", subject(certificate)));
        parts.add(Tree.of(
                "issuer",
                selfIssued(certificate)
                        ? "itself"
                        : certificate.getIssuerX500Principal().getName()));
        var names = names(certificate);
        if (!names.isEmpty()) {
            parts.add(Tree.of("names", String.join(", ", names)));
        }
        parts.add(Tree.of("valid", validity(certificate)));
        parts.add(Tree.of("key", key(certificate)));
        parts.add(Tree.of("sha-256", fingerprint(certificate)));
        return new Tree(label, "", parts);
    }

    JsonObject details(X509Certificate certificate) {
        return JsonObject.builder()
                .put("subject", subject(certificate))
                .put("issuer", certificate.getIssuerX500Principal().getName())
                .putUnlessEmpty("names", names(certificate))
                .put("not_before", certificate.getNotBefore().toInstant().toString())
                .put("not_after", certificate.getNotAfter().toInstant().toString())
                .put("sha256", fingerprint(certificate))
                .build();
    }

    private String validity(X509Certificate certificate) {
        var from = certificate.getNotBefore().toInstant();
        var until = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            return "not before " + Times.at(from, now);
        }
        return (now.isAfter(until) ? "EXPIRED " : "until ") + Times.at(until, now);
    }

    static String subject(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static boolean selfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static String key(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case ECPublicKey ec -> "EC, " + ec.getParams().getCurve().getField().getFieldSize() + " bits";
            case RSAPublicKey rsa -> "RSA, " + rsa.getModulus().bitLength() + " bits";
            case java.security.PublicKey other -> other.getAlgorithm();
        };
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .map(name -> name.get(1))
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList();
        } catch (GeneralSecurityException unreadable) {
            return List.of("(subjectAltName cannot be read)");
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException unreadable) {
            return "(cannot be encoded)";
        }
    }

    static String subjects(List<X509Certificate> chain) {
        return chain.stream().map(Certificates::subject).collect(Collectors.joining(" ← "));
    }
}
