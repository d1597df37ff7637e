package dev.intaglio.spring;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;

/// Somebody's public keys, written into the configuration or in a file.
final class PublicJwks {
    private PublicJwks() {}

    /// @return no keys if neither is given
    /// @throws IllegalArgumentException if it is no JWK Set, or one with a private key
    static List<JWK> of(Optional<String> jwks, Optional<String> jwksFile) throws IOException {
        if (jwks.isPresent() && jwksFile.isPresent()) {
            throw new IllegalArgumentException("set jwks or jwks-file, not both");
        }
        if (jwksFile.isPresent()) {
            return parse(Files.readString(Path.of(jwksFile.get())), jwksFile.get());
        }
        return jwks.isPresent() ? parse(jwks.get(), "jwks") : List.of();
    }

    private static List<JWK> parse(String json, String where) {
        List<JWK> keys;
        try {
            keys = JWKSet.parse(json).getKeys();
        } catch (ParseException malformed) {
            // Its message may quote what it read, and that may be a private key.
            throw new IllegalArgumentException(where + " is no JWK Set, such as {\"keys\": [...]}");
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(where + " holds no key");
        }
        if (keys.stream().anyMatch(JWK::isPrivate)) {
            throw new IllegalArgumentException(where + " holds a private key; leave it with its owner");
        }
        return keys;
    }
}
