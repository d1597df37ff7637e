package dev.intaglio.server.admin;

import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Says what the admin interface is: an OpenAPI document, written by hand and held against the controllers by a test.
/// [AdminGuard] stands before it.
@RestController
class OpenApiController {
    static final String DOCUMENT = "openapi/admin-v1.json";

    @GetMapping("/admin/v1/openapi.json")
    ResponseEntity<byte[]> document() throws IOException {
        try (var document = new ClassPathResource(DOCUMENT).getInputStream()) {
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document.readAllBytes());
        }
    }
}
