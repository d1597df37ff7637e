package dev.intaglio.keys.file;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.intaglio.keys.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/// Signing keys in a JWK Set with private keys, or in a single private JWK (RFC 7517). A chain comes as `x5c`.
public final class JwksKeys {

    private JwksKeys() {}

    /// Every key of the file, in its order.
    ///
    /// @throws IllegalArgumentException if the file is no JWK Set and no JWK, holds no key, or one we do not sign with
    public static List<SigningKey> load(Path file) throws IOException {
        var jwks = read(file);
        if (jwks.isEmpty()) throw new IllegalArgumentException(file + " holds no key");
        var keys = new ArrayList<SigningKey>(jwks.size());
        for (var jwk : jwks) {
            try {
                keys.add(SigningKey.of(jwk));
            } catch (IllegalArgumentException unfit) {
                throw new IllegalArgumentException(
                        "key " + keys.size() + " of " + file + ": " + unfit.getMessage(), unfit);
            }
        }
        return List.copyOf(keys);
    }

    private static List<JWK> read(Path file) throws IOException {
        var json = Files.readString(file);
        try {
            return JWKSet.parse(json).getKeys();
        } catch (ParseException noSet) {
            try {
                return List.of(JWK.parse(json));
            } catch (ParseException noJwk) {
                // Neither cause goes along: a parser's message may quote what it read, and that is a private key.
                throw new IllegalArgumentException(file + " is neither a JWK Set nor a JWK");
            }
        }
    }
}
