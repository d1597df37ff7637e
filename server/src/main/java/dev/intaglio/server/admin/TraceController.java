package dev.intaglio.server.admin;

import dev.intaglio.issuer.recorder.Timelines;
import dev.intaglio.issuer.recorder.TraceName;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Shows what happened in an issuance. [AdminGuard] stands before it.
@RestController
@AdminScope("intaglio.audit")
class TraceController {
    private final Timelines timelines;

    TraceController(Timelines timelines) {
        this.timelines = timelines;
    }

    /// @param id a request id or, so that no code or handle stands in an address, what [TraceName] makes of one
    @GetMapping({"/admin/v1/traces/{id}", "/admin/traces/{id}"})
    ResponseEntity<byte[]> trace(@PathVariable String id) {
        return timelines
                .find(id)
                .or(() -> timelines.find(TraceName.of(id)))
                .map(timeline -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .cacheControl(CacheControl.noStore())
                        .body(timeline.bytes()))
                .orElseGet(() -> ResponseEntity.status(404)
                        .contentType(MediaType.parseMediaType(Problem.MEDIA_TYPE))
                        .body(Problem.of(404, "Not Found", "nothing is recorded under this id (any more)")
                                .bytes()));
    }
}
