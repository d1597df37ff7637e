package dev.intaglio.authorization.client;

import java.util.Optional;
import java.util.regex.Pattern;

/// A redirect URI of a native app that listens on the device itself: the operating system chooses the port, all else is
/// compared as it stands (RFC 8252 section 7.3, RFC 9700 section 2.1).
record LoopbackRedirect(String host, String rest) {
    private static final Pattern SHAPE =
            Pattern.compile("http://(127\\.0\\.0\\.1|\\[::1]|localhost)(?::[0-9]{1,5})?((?:[/?].*)?)");

    static Optional<LoopbackRedirect> of(String redirectUri) {
        var shape = SHAPE.matcher(redirectUri);
        return shape.matches() ? Optional.of(new LoopbackRedirect(shape.group(1), shape.group(2))) : Optional.empty();
    }
}
