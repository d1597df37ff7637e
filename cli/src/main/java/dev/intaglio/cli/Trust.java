package dev.intaglio.cli;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Tls;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whom the person in front of the terminal trusts.
final class Trust {
    private Trust() {}

    /// @param files as typed: PEM files with certificates, or JSON files with keys
    /// @return empty if none were named
    static Optional<TrustAnchors> read(Terminal terminal, List<String> files) {
        var byContent = files.stream().collect(Collectors.partitioningBy(file -> file.endsWith(".json")));
        var keys = byContent.getOrDefault(true, List.of()).stream()
                .flatMap(file -> keys(terminal, file).stream())
                .toList();
        var anchors = certificates(
                terminal,
                byContent.getOrDefault(false, List.of()),
                "trust anchors",
                "--trust takes a PEM file of the authority's certificate; that of a development issuer is"
                        + " trust-anchor.pem in its data directory.");
        return files.isEmpty()
                ? Optional.empty()
                : Optional.of(TrustAnchors.of(anchors).with(keys));
    }

    /// A JWK Set, or the JWT VC Issuer Metadata that one is in.
    private static List<JWK> keys(Terminal terminal, String file) {
        try {
            var document = Json.readObject(Files.readAllBytes(terminal.path(file)), JsonLimits.DOCUMENT);
            return document.optionalObject("jwks").orElse(document).objects("keys").stream()
                    .map(SignedJwt::publicKey)
                    .toList();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CommandFailure(
                    "cannot read keys from " + file + ": " + reason(unreadable),
                    "--trust takes a JWK Set, such as the issuer's /.well-known/jwt-vc-issuer, from a file that is called .json.",
                    unreadable);
        }
    }

    /// Requests to servers that the platform trusts, and to those of these authorities.
    ///
    /// @param files PEM files as typed
    static JdkTransport transport(Terminal terminal, List<String> files) {
        if (files.isEmpty()) {
            return JdkTransport.create();
        }
        return JdkTransport.create(Tls.trustingAlso(certificates(
                terminal,
                files,
                "TLS authorities",
                "--tls-ca takes a PEM file of the authority's certificate; that of a server with a development"
                        + " certificate is " + TlsServer.AUTHORITY + " in its data directory.")));
    }

    private static List<X509Certificate> certificates(Terminal terminal, List<String> files, String what, String next) {
        var certificates = new ArrayList<X509Certificate>();
        for (var file : files) {
            try {
                certificates.addAll(Pem.certificates(terminal.path(file)));
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new CommandFailure(
                        "cannot read " + what + " from " + file + ": " + reason(unreadable), next, unreadable);
            }
        }
        return certificates;
    }

    private static String reason(Exception unreadable) {
        return unreadable instanceof NoSuchFileException
                ? "there is no such file"
                : unreadable instanceof IOException ? unreadable.toString() : String.valueOf(unreadable.getMessage());
    }
}
