package dev.intaglio.server.admin;

import dev.intaglio.issuer.deferred.Approvals;
import dev.intaglio.issuer.store.DeferredTransaction;
import dev.intaglio.issuer.store.Notification;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.IssuerAtHand;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Credentials that wait for somebody at the issuer, and what wallets told of theirs: as JSON, and the former as a page.
/// [AdminGuard] stands before it.
@Controller
@AdminScope("intaglio.offers")
@ServesTenants
class DeferredController {
    /// Who has decided on these sees the next.
    private static final int ON_A_PAGE = 200;

    private static final String HTML = MediaType.TEXT_HTML_VALUE;

    private final IssuerAtHand issuers;

    DeferredController(IssuerAtHand issuers) {
        this.issuers = issuers;
    }

    private Approvals approvals(HttpServletRequest request) {
        return issuers.of(request).issuer().approvals();
    }

    @GetMapping({"/admin/v1/deferred", "/admin/deferred"})
    ResponseEntity<byte[]> open(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = Part.USUAL) int limit) {
        var part = Part.of(after, limit);
        var page = approvals(request).open(part.position(), part.limit());
        return AdminAnswer.of(Part.write("deferred", page, DeferredController::write));
    }

    @PostMapping({"/admin/v1/deferred/{handle}/approve", "/admin/deferred/{handle}/approve"})
    ResponseEntity<byte[]> approve(@PathVariable String handle, HttpServletRequest request) {
        return decided(approvals(request).approve(handle));
    }

    @PostMapping({"/admin/v1/deferred/{handle}/deny", "/admin/deferred/{handle}/deny"})
    ResponseEntity<byte[]> deny(@PathVariable String handle, HttpServletRequest request) {
        return decided(approvals(request).deny(handle));
    }

    @AdminScope("intaglio.audit")
    @GetMapping({"/admin/v1/notifications", "/admin/notifications"})
    ResponseEntity<byte[]> notifications(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = Part.USUAL) int limit) {
        var part = Part.of(after, limit);
        var page = issuers.of(request).parts().stores().notifications().latest(part.position(), part.limit());
        return AdminAnswer.of(Part.write("notifications", page, DeferredController::write));
    }

    @GetMapping(path = "/admin/deferred", produces = HTML)
    String page(HttpServletRequest request, Model model, HttpServletResponse response) {
        asForm(response);
        model.addAttribute("open", approvals(request).open(ON_A_PAGE));
        return "deferred";
    }

    /// From the page. That somebody else decided first shows in the page that follows.
    @PostMapping(path = "/admin/deferred/{handle}", produces = HTML)
    String decide(@PathVariable String handle, @RequestParam String decision, HttpServletRequest request) {
        switch (decision) {
            case "approve" -> approvals(request).approve(handle);
            case "deny" -> approvals(request).deny(handle);
            default -> {}
        }
        return "redirect:" + issuers.of(request).identifier().basePath() + "/admin/deferred";
    }

    /// The page may send its own forms, to us alone.
    private static void asForm(HttpServletResponse response) {
        var policy = response.getHeader("Content-Security-Policy");
        if (policy != null) {
            response.setHeader("Content-Security-Policy", policy.replace("form-action 'none'", "form-action 'self'"));
        }
        response.setHeader("Cache-Control", "no-store");
    }

    private static ResponseEntity<byte[]> decided(boolean done) {
        return done
                ? ResponseEntity.noContent().build()
                : Problem.response(HttpStatus.NOT_FOUND, "nothing under this id waits for approval (any more)");
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }

    private static JsonObject write(DeferredTransaction waiting) {
        return JsonObject.builder()
                .put("id", waiting.handle())
                .put("configuration", waiting.configurationId())
                .put("subject", waiting.subject())
                .putIf("client_id", waiting.clientId())
                .put("credentials", Math.max(1, waiting.holderKeys().size()))
                .put("since", waiting.createdAt().toString())
                .put("expires_at", waiting.expiresAt().toString())
                .build();
    }

    private static JsonObject write(Notification told) {
        return JsonObject.builder()
                .put("notification_id", told.issuanceId())
                .put("configuration", told.configurationId())
                .put("event", told.event().value())
                .putIf("event_description", told.description())
                .put("received_at", told.receivedAt().toString())
                .build();
    }
}
