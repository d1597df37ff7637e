package dev.intaglio.issuer.log;

import dev.intaglio.issuer.store.LogEvent;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/// A record of the log: a line of JSON that says its place, the hash of the record before it, when and what. What is hashed is
/// the line as it stands, so nobody has to agree on a canonical form.
///
/// @param index its place, from 0
/// @param previous hash of the record before, base64url; [#NONE] for the first
/// @param kind what happened
/// @param line the record itself
public record LogRecord(long index, String previous, Instant time, String kind, JsonObject content, String line) {
    /// What the first record says of the one before it.
    public static final String NONE = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);

    static LogRecord of(long index, Optional<byte[]> previous, LogEvent event) {
        var content = JsonObject.builder()
                .put("index", index)
                .put("previous", previous.map(LogRecord::text).orElse(NONE))
                .put("time", event.at().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("kind", event.kind())
                .putAll(Json.readObject(event.body()))
                .build();
        return read(content.text());
    }

    /// @throws IllegalArgumentException if it is no record
    public static LogRecord read(String line) {
        try {
            var content = Json.readObject(line.getBytes(StandardCharsets.UTF_8));
            return new LogRecord(
                    content.integer("index"),
                    content.string("previous"),
                    Instant.parse(content.string("time")),
                    content.string("kind"),
                    content,
                    line);
        } catch (JsonException | DateTimeException malformed) {
            throw new IllegalArgumentException("this is no record of an issuance log: " + malformed.getMessage());
        }
    }

    byte[] leaf() {
        return MerkleTree.leaf(line);
    }

    static String text(byte[] hash) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    /// @throws IllegalArgumentException if it is no hash
    static byte[] hash(String text) {
        var hash = Base64.getUrlDecoder().decode(text);
        if (hash.length != 32 || !text(hash).equals(text)) {
            throw new IllegalArgumentException("expected a SHA-256 hash in base64url");
        }
        return hash;
    }
}
