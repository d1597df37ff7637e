package dev.intaglio.server.admin;

import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.spring.IssuerStores;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Forgets people. [AdminGuard] stands before it.
@RestController
@AdminScope("intaglio.erasure")
class ErasureController {
    private static final int MAX_BODY = 16 * 1024;
    private static final Set<String> MEMBERS = Set.of("subject", "dry_run");

    private final IssuerStores stores;
    private final Clock clock;
    private final LogEvents words = new LogEvents(new SecureRandom());

    ErasureController(IssuerStores stores, Clock clock) {
        this.stores = stores;
        this.clock = clock;
    }

    @PostMapping("/admin/v1/erasures")
    ResponseEntity<byte[]> erase(HttpServletRequest request) throws IOException {
        var body = AdminBody.read(request, MAX_BODY);
        var order = Json.readObject(body);
        if (!MEMBERS.containsAll(order.members().keySet())) {
            throw new IllegalArgumentException(
                    "there are " + MEMBERS.stream().sorted().toList());
        }
        var now = clock.instant();
        var dryRun = order.flag("dry_run");
        var rows = stores.database()
                .erase(order.string("subject"), now, issuances -> words.erased(issuances, now), dryRun);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(JsonObject.builder()
                        .put("dry_run", dryRun)
                        .put("rows", rows)
                        .build()
                        .bytes());
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }
}
