package dev.intaglio.cli.inspect;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.json.JsonObject;
import java.text.ParseException;
import java.util.Optional;

/// JWKs: what kind, and the thumbprint by which they are known. A private one is named, never shown.
final class Keys {
    static final String KIND = "jwk";

    private Keys() {}

    static Inspected inspect(JsonObject jwk) {
        var key = read(jwk);
        var details = JsonObject.builder()
                .put("kind", KIND)
                .putIf("thumbprint", key.map(DpopProof::thumbprint))
                .put("private", key.filter(JWK::isPrivate).isPresent())
                .build();
        return Inspected.of(KIND, tree("Key (JWK)", jwk), details);
    }

    static Tree tree(String label, JsonObject jwk) {
        return read(jwk)
                .map(key -> Tree.of(
                        label,
                        describe(key),
                        Tree.of("thumbprint", DpopProof.thumbprint(key) + " (SHA-256)"),
                        Tree.of("kid", key.getKeyID() == null ? "none" : key.getKeyID())))
                .orElseGet(() -> Tree.of(label, "cannot be read as a key"));
    }

    static String describe(JWK key) {
        var kind = key.getKeyType().getValue();
        var curve = key.toJSONObject().get("crv") instanceof String name ? ", " + name : "";
        return kind + curve + (key.isPrivate() ? ", PRIVATE: whoever has it can sign" : "");
    }

    static Optional<JWK> read(JsonObject jwk) {
        try {
            return Optional.of(JWK.parse(jwk.members()));
        } catch (ParseException | IllegalArgumentException | ClassCastException malformed) {
            return Optional.empty();
        }
    }
}
