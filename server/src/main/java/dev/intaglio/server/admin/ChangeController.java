package dev.intaglio.server.admin;

import dev.intaglio.issuer.reissuance.Reissuance;
import dev.intaglio.issuer.store.Issuances.Stale;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.IssuerAtHand;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Is told by the issuer's registers that claims have changed, and counts what is to be issued anew. [AdminGuard] stands before
/// it.
@RestController
@AdminScope("intaglio.status")
@ServesTenants
class ChangeController {
    private static final int MAX_BODY = 16 * 1024;
    private static final Set<String> MEMBERS =
            Set.of("subject", "definitions", "then", "reason", "actor", "undo_window");

    private final IssuerAtHand issuers;

    ChangeController(IssuerAtHand issuers) {
        this.issuers = issuers;
    }

    private Reissuance reissuance(HttpServletRequest request) {
        return issuers.of(request).issuer().reissuance();
    }

    @PostMapping("/admin/v1/changes")
    ResponseEntity<byte[]> changed(HttpServletRequest request) throws IOException {
        var order = AdminBody.read(request, MAX_BODY, MEMBERS);
        var subject = order.string("subject");
        var definitions = Set.copyOf(order.optionalStrings("definitions").orElse(List.of()));
        var then = order.optionalString("then").map(verb -> then(verb, order));
        if (then.isEmpty()) {
            return AdminAnswer.of(write(reissuance(request).changed(subject, definitions)));
        }
        var changed = reissuance(request).changed(subject, definitions, then.get());
        return AdminAnswer.of(write(changed.stale()).with("operation", StatusController.write(changed.operation())));
    }

    private static Reissuance.Then then(String verb, JsonObject order) {
        return new Reissuance.Then(
                StatusController.verb(verb),
                order.optionalString("reason").orElse("the claims have changed"),
                order.optionalString("actor").orElse("admin"),
                order.optionalString("undo_window").map(StatusController::duration));
    }

    private static JsonObject write(List<Stale> stale) {
        return JsonObject.builder()
                .put("stale", stale.stream().map(ChangeController::write).toList())
                .build();
    }

    @GetMapping("/admin/v1/changes")
    ResponseEntity<byte[]> outstanding(HttpServletRequest request) {
        return AdminAnswer.of(JsonObject.builder()
                .put("outstanding", reissuance(request).outstanding())
                .build());
    }

    private static JsonObject write(Stale stale) {
        return JsonObject.builder()
                .put("issuance_id", stale.issuanceId())
                .put("configuration", stale.configurationId())
                .put("credentials", stale.credentials())
                .build();
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }
}
