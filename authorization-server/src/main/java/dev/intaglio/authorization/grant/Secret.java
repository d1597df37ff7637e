package dev.intaglio.authorization.grant;

import java.security.SecureRandom;
import java.util.Base64;

/// Values nobody guesses.
final class Secret {
    private Secret() {}

    static String make(SecureRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
