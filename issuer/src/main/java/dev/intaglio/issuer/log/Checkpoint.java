package dev.intaglio.issuer.log;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/// What the issuer signs about its log: so many records, and this root over them. Whoever keeps one notices every later change
/// to what was before it.
///
/// @param issuer the Credential Issuer Identifier
/// @param previous the size at the checkpoint before; 0 at the first
/// @param root the root of the Merkle tree, base64url
/// @param jwt the signed form, with `typ` = `intaglio-log-checkpoint+jwt`
public record Checkpoint(String issuer, long size, long previous, String root, Instant at, SignedJwt jwt) {
    static final String TYPE = "intaglio-log-checkpoint+jwt";

    static Checkpoint sign(String issuer, long size, long previous, byte[] root, Instant at, SigningKey key) {
        var header = JsonObject.builder().put("typ", TYPE);
        header.put("kid", key.publicJwk().getKeyID());
        if (key.chain().isEmpty()) {
            header.put("jwk", SignedJwt.jwk(key.publicJwk()));
        } else {
            header.put(
                    "x5c",
                    X5c.encode(key.chain()).stream().map(Object::toString).toList());
        }
        var claims = JsonObject.builder()
                .put("iss", issuer)
                .put("iat", at.getEpochSecond())
                .put("size", size)
                .put("previous_size", previous)
                .put("root", LogRecord.text(root))
                .build();
        return read(SignedJwt.sign(header.build(), claims, key));
    }

    /// Not yet believed: [CheckpointKeys] says whose it is.
    ///
    /// @throws IllegalArgumentException if it is no checkpoint
    public static Checkpoint read(String compact) {
        try {
            var jwt = SignedJwt.parse(compact.strip());
            if (!jwt.type().equals(Optional.of(TYPE))) {
                throw new IllegalArgumentException("the JWT is no checkpoint: its typ is not " + TYPE);
            }
            var claims = jwt.claims();
            LogRecord.hash(claims.string("root"));
            return new Checkpoint(
                    claims.string("iss"),
                    claims.integer("size"),
                    claims.integer("previous_size"),
                    claims.string("root"),
                    Instant.ofEpochSecond(claims.integer("iat")),
                    jwt);
        } catch (JsonException malformed) {
            throw new IllegalArgumentException("this is no checkpoint of an issuance log: " + malformed.getMessage());
        }
    }

    @Override
    public String toString() {
        return "Checkpoint[" + issuer + ", size=" + size + ", root=" + root + ", at=" + at + "]";
    }
}
