package dev.intaglio.server.admin;

import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.IssuerAtHand;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Forgets people. [AdminGuard] stands before it.
@RestController
@AdminScope("intaglio.erasure")
@ServesTenants
class ErasureController {
    private static final int MAX_BODY = 16 * 1024;
    private static final Set<String> MEMBERS = Set.of("subject", "dry_run");

    private final IssuerAtHand issuers;
    private final Clock clock;
    private final LogEvents words = new LogEvents(new SecureRandom());

    ErasureController(IssuerAtHand issuers, Clock clock) {
        this.issuers = issuers;
        this.clock = clock;
    }

    @PostMapping("/admin/v1/erasures")
    ResponseEntity<byte[]> erase(HttpServletRequest request) throws IOException {
        var order = AdminBody.read(request, MAX_BODY, MEMBERS);
        var now = clock.instant();
        var dryRun = order.flag("dry_run");
        var rows = issuers.of(request)
                .parts()
                .stores()
                .database()
                .erase(order.string("subject"), now, issuances -> words.erased(issuances, now), dryRun);
        return AdminAnswer.of(
                JsonObject.builder().put("dry_run", dryRun).put("rows", rows).build());
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }
}
