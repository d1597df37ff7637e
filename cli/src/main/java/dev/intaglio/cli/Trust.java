package dev.intaglio.cli;

import dev.intaglio.keys.Pem;
import dev.intaglio.keys.TrustAnchors;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whom the person in front of the terminal trusts.
final class Trust {
    private Trust() {}

    /// @param files PEM files as typed
    /// @return empty if none were named
    static Optional<TrustAnchors> read(Terminal terminal, List<String> files) {
        var anchors = new ArrayList<X509Certificate>();
        for (var file : files) {
            try {
                anchors.addAll(Pem.certificates(terminal.path(file)));
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new CommandFailure(
                        "cannot read trust anchors from " + file + ": " + reason(unreadable),
                        "--trust takes a PEM file of the authority's certificate; that of a development issuer is"
                                + " trust-anchor.pem in its data directory.",
                        unreadable);
            }
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(TrustAnchors.of(anchors));
    }

    private static String reason(Exception unreadable) {
        return unreadable instanceof NoSuchFileException
                ? "there is no such file"
                : unreadable instanceof IOException ? unreadable.toString() : String.valueOf(unreadable.getMessage());
    }
}
