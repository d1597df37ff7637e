package dev.intaglio.server.admin;

import dev.intaglio.protocol.json.JsonObject;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Answers of the admin interface, which nobody keeps.
final class AdminAnswer {
    private AdminAnswer() {}

    static ResponseEntity<byte[]> of(JsonObject json) {
        return of(HttpStatus.OK, json);
    }

    static ResponseEntity<byte[]> of(HttpStatus status, JsonObject json) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(json.bytes());
    }
}
