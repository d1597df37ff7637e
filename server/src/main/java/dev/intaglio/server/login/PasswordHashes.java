package dev.intaglio.server.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.util.function.SingletonSupplier;

/// Makes and checks hashes of passwords, for all issuers of a server. A hash begins with its algorithm in braces.
final class PasswordHashes {
    static final String PLAIN = "{noop}";

    private static final Set<String> KNOWN = Set.of("{argon2}", "{bcrypt}", PLAIN);
    private static final int LONGEST = 256;

    private final PasswordEncoder encoder = new DelegatingPasswordEncoder(
            "argon2",
            Map.of(
                    "argon2", Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8(),
                    "bcrypt", new BCryptPasswordEncoder(),
                    "noop", new Plain()));

    /// Each check takes megabytes: those who try much wait, and do not use the memory up.
    private final Semaphore turns = new Semaphore(2 * Runtime.getRuntime().availableProcessors());

    private final Supplier<String> decoy = SingletonSupplier.of(() -> hash("nobody's password"));

    /// A hash of a password that nobody has, of the kind that most real ones are of.
    String decoy() {
        return decoy.get();
    }

    /// Whether a hash is of a kind we check.
    static boolean known(String hash) {
        return KNOWN.stream().anyMatch(prefix -> hash.startsWith(prefix) && hash.length() > prefix.length());
    }

    /// @throws IllegalArgumentException if the password is longer than anybody's
    String hash(String password) {
        if (password.length() > LONGEST) {
            throw new IllegalArgumentException("a password has at most " + LONGEST + " characters");
        }
        return String.valueOf(encoder.encode(password));
    }

    boolean matches(String password, String hash) {
        var tried = password.length() > LONGEST ? "" : password;
        turns.acquireUninterruptibly();
        try {
            return encoder.matches(tried, hash) && !tried.isEmpty();
        } finally {
            turns.release();
        }
    }

    /// For tries on one's own machine.
    private static final class Plain implements PasswordEncoder {
        @Override
        public String encode(@Nullable CharSequence password) {
            return String.valueOf(password);
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String stored) {
            return MessageDigest.isEqual(bytes(String.valueOf(password)), bytes(String.valueOf(stored)));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
