package dev.intaglio.protocol.nonce;

import java.security.SecureRandom;
import java.util.Base64;

/// Texts that nobody guesses: codes, references, identifiers of tokens.
public final class Unguessable {
    /// For what gives access to whoever has it: 256 bits.
    public static final int SECRET = 32;

    /// For what must only be unique: 128 bits.
    public static final int IDENTIFIER = 16;

    private Unguessable() {}

    /// @param bytes how many random bytes the text holds, in base64url without padding
    public static String text(SecureRandom random, int bytes) {
        var content = new byte[bytes];
        random.nextBytes(content);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }
}
