package dev.intaglio.server.admin;

import dev.intaglio.protocol.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Problem details (RFC 9457). Our problems have no type of their own: status and detail say it all.
final class Problem {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problem() {}

    static void write(HttpServletResponse response, int status, String title, String detail) throws IOException {
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.getOutputStream().write(of(status, title, detail).bytes());
    }

    static ResponseEntity<byte[]> response(HttpStatus status, String detail) {
        return ResponseEntity.status(status)
                .contentType(MediaType.parseMediaType(MEDIA_TYPE))
                .body(of(status.value(), status.getReasonPhrase(), detail).bytes());
    }

    static JsonObject of(int status, String title, String detail) {
        return JsonObject.builder()
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .build();
    }
}
