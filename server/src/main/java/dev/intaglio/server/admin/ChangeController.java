package dev.intaglio.server.admin;

import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.reissuance.Reissuance;
import dev.intaglio.issuer.store.Issuances.Stale;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Is told by the issuer's registers that claims have changed, and counts what is to be issued anew. [AdminGuard] stands before
/// it.
@RestController
@AdminScope("intaglio.status")
class ChangeController {
    private static final int MAX_BODY = 16 * 1024;
    private static final Set<String> MEMBERS = Set.of("subject", "definitions");

    private final Reissuance reissuance;

    ChangeController(CredentialIssuer issuer) {
        reissuance = issuer.reissuance();
    }

    @PostMapping("/admin/v1/changes")
    ResponseEntity<byte[]> changed(HttpServletRequest request) throws IOException {
        var body = AdminBody.read(request, MAX_BODY);
        var order = Json.readObject(body);
        if (!MEMBERS.containsAll(order.members().keySet())) {
            throw new IllegalArgumentException(
                    "there are " + MEMBERS.stream().sorted().toList());
        }
        var stale = reissuance.changed(
                order.string("subject"),
                Set.copyOf(order.optionalStrings("definitions").orElse(List.of())));
        return json(JsonObject.builder()
                .put("stale", stale.stream().map(ChangeController::write).toList())
                .build());
    }

    @GetMapping("/admin/v1/changes")
    ResponseEntity<byte[]> outstanding() {
        return json(JsonObject.builder()
                .put("outstanding", reissuance.outstanding())
                .build());
    }

    private static JsonObject write(Stale stale) {
        return JsonObject.builder()
                .put("issuance_id", stale.issuanceId())
                .put("configuration", stale.configurationId())
                .put("credentials", stale.credentials())
                .build();
    }

    private static ResponseEntity<byte[]> json(JsonObject body) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(body.bytes());
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }
}
