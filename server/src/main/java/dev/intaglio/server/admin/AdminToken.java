package dev.intaglio.server.admin;

import dev.intaglio.spring.IntaglioProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/// The secret that opens the admin interface.
///
/// @param origin where an operator finds it; for the log
public record AdminToken(String value, String origin) {
    private static final int BYTES = 32;
    private static final int SHORTEST = 16;

    public AdminToken {
        if (value.length() < SHORTEST) {
            throw new IllegalArgumentException("intaglio.admin.token is shorter than " + SHORTEST + " characters");
        }
    }

    static AdminToken of(AdminProperties admin, IntaglioProperties properties) throws IOException {
        return admin.token().isPresent()
                ? new AdminToken(admin.token().get(), "from intaglio.admin.token")
                : inFile(properties.data().resolve("admin-token"));
    }

    private static AdminToken inFile(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            // Born with its permissions: a moment of being readable is enough.
            Files.createFile(file, ownerOnly(file));
            Files.writeString(file, fresh() + "\n");
        } catch (FileAlreadyExistsException keptFromBefore) {
            // The token of an earlier start.
        }
        return new AdminToken(Files.readString(file).strip(), "in " + file);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
        return Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static String fresh() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// Compares in constant time.
    boolean is(String presented) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }

    /// Without the token.
    @Override
    public String toString() {
        return "AdminToken[" + origin + "]";
    }
}
