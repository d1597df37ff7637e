package dev.intaglio.server.admin;

import dev.intaglio.issuer.log.Checkpoint;
import dev.intaglio.issuer.log.IssuanceLog;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.IssuanceLogs;
import dev.intaglio.spring.IssuerAtHand;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Gives auditors the issuance log. [AdminGuard] stands before it.
@RestController
@AdminScope("intaglio.audit")
@ServesTenants
class LogController {
    private static final int AT_MOST = 5_000;
    private static final MediaType LINES = new MediaType("application", "x-ndjson", StandardCharsets.UTF_8);

    private final IssuerAtHand issuers;
    private final IssuanceLogs logs;

    LogController(IssuerAtHand issuers, IssuanceLogs logs) {
        this.issuers = issuers;
        this.logs = logs;
    }

    private IssuanceLog log(HttpServletRequest request) {
        return logs.of(issuers.of(request))
                .orElseThrow(() -> new IllegalArgumentException("this issuer keeps no log: intaglio.log.enabled"));
    }

    /// Lines of records and checkpoints; what comes next begins at the size of the last checkpoint.
    @GetMapping("/admin/v1/log")
    ResponseEntity<byte[]> lines(
            @RequestParam(defaultValue = "0") long from,
            @RequestParam(defaultValue = "1000") int limit,
            HttpServletRequest request) {
        if (from < 0 || limit < 1 || limit > AT_MOST) {
            throw new IllegalArgumentException("from is at least 0, and limit from 1 to " + AT_MOST);
        }
        var lines = new StringBuilder();
        log(request).export(from, limit, line -> lines.append(line).append('\n'));
        return ResponseEntity.ok()
                .contentType(LINES)
                .cacheControl(CacheControl.noStore())
                .body(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/admin/v1/log/checkpoint")
    ResponseEntity<byte[]> checkpoint(HttpServletRequest request) {
        return log(request)
                .checkpoint()
                .map(checkpoint -> AdminAnswer.of(write(checkpoint)))
                .orElseGet(() -> Problem.response(HttpStatus.NOT_FOUND, "there is nothing in the log yet"));
    }

    private static JsonObject write(Checkpoint checkpoint) {
        return JsonObject.builder()
                .put("issuer", checkpoint.issuer())
                .put("size", checkpoint.size())
                .put("root", checkpoint.root())
                .put("at", checkpoint.at().toString())
                .put("checkpoint", checkpoint.jwt().compact())
                .build();
    }

    @GetMapping("/admin/v1/log/proofs/{credential}")
    ResponseEntity<byte[]> proof(@PathVariable String credential, HttpServletRequest request) {
        var dot = credential.lastIndexOf('.');
        var issuance = dot < 0 ? credential : credential.substring(0, dot);
        var number = dot < 0 ? 0 : number(credential.substring(dot + 1));
        return log(request)
                .prove(issuance, number)
                .map(proof -> AdminAnswer.of(proof.write()))
                .orElseGet(() -> Problem.response(
                        HttpStatus.NOT_FOUND,
                        "nothing is known of this credential: it was not issued here, was erased, or"
                                + " has no place in the log yet"));
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("a credential is the id of an issuance, a dot and a number from 0");
        }
        return Integer.parseInt(text);
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }
}
