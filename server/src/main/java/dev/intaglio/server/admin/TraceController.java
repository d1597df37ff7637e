package dev.intaglio.server.admin;

import dev.intaglio.issuer.recorder.Timelines;
import dev.intaglio.issuer.recorder.TraceName;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.IssuerAtHand;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Shows what happened in an issuance. [AdminGuard] stands before it.
@RestController
@AdminScope("intaglio.audit")
@ServesTenants
class TraceController {
    private final IssuerAtHand issuers;
    private final Timelines main;

    /// @param main of the main issuer, whose traces an application may keep elsewhere
    TraceController(IssuerAtHand issuers, Timelines main) {
        this.issuers = issuers;
        this.main = main;
    }

    private Timelines timelines(HttpServletRequest request) {
        var parts = issuers.of(request).parts();
        return parts.main() ? main : new Timelines(parts.stores().database().traces());
    }

    /// @param id a request id or, so that no code or handle stands in an address, what [TraceName] makes of one
    @GetMapping({"/admin/v1/traces/{id}", "/admin/traces/{id}"})
    ResponseEntity<byte[]> trace(@PathVariable String id, HttpServletRequest request) {
        var timelines = timelines(request);
        return timelines
                .find(id)
                .or(() -> timelines.find(TraceName.of(id)))
                .map(AdminAnswer::of)
                .orElseGet(
                        () -> Problem.response(HttpStatus.NOT_FOUND, "nothing is recorded under this id (any more)"));
    }
}
