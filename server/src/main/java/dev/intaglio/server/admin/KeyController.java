package dev.intaglio.server.admin;

import dev.intaglio.issuer.rotation.KeyReport;
import dev.intaglio.issuer.rotation.KeyRotation;
import dev.intaglio.issuer.rotation.KeyRotation.NotNowException;
import dev.intaglio.issuer.store.Issuances.SignedBy;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.IssuerAtHand;
import dev.intaglio.spring.KeyRotations;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// An issuer's signing keys, and what becomes of them. [AdminGuard] stands before it.
@RestController
@AdminScope("intaglio.keys")
@ServesTenants
class KeyController {
    private static final int MAX_BODY = 16 * 1024;
    private static final Set<String> MEMBERS = Set.of("key", "force");

    private final IssuerAtHand issuers;
    private final KeyRotations rotations;

    KeyController(IssuerAtHand issuers, KeyRotations rotations) {
        this.issuers = issuers;
        this.rotations = rotations;
    }

    private KeyRotation rotation(HttpServletRequest request) {
        return rotations.of(issuers.of(request));
    }

    @GetMapping("/admin/v1/keys")
    ResponseEntity<byte[]> list(HttpServletRequest request) {
        return AdminAnswer.of(JsonObject.builder()
                .put(
                        "keys",
                        rotation(request).report().stream()
                                .map(KeyController::write)
                                .toList())
                .build());
    }

    /// Without a `key`, one is made where the issuer makes its keys itself.
    @PostMapping("/admin/v1/keys/{use}/stage")
    ResponseEntity<byte[]> stage(@PathVariable String use, HttpServletRequest request) throws IOException {
        var order = AdminBody.read(request, MAX_BODY, MEMBERS);
        var wanted = KeyRotation.use(use);
        var key = order.optionalString("key")
                .orElseGet(() -> rotations.newKeys(issuers.of(request)).make(wanted));
        rotation(request).stage(wanted, key);
        return done(key, "next");
    }

    @PostMapping("/admin/v1/keys/{use}/activate")
    ResponseEntity<byte[]> activate(@PathVariable String use, HttpServletRequest request) throws IOException {
        var order = AdminBody.read(request, MAX_BODY, MEMBERS);
        rotation(request).activate(KeyRotation.use(use), order.string("key"), order.flag("force"));
        return done(order.string("key"), "active");
    }

    @PostMapping("/admin/v1/keys/{use}/rollback")
    ResponseEntity<byte[]> rollBack(@PathVariable String use, HttpServletRequest request) {
        return done(rotation(request).rollBack(KeyRotation.use(use)), "active");
    }

    @PostMapping("/admin/v1/keys/{use}/retire")
    ResponseEntity<byte[]> retire(@PathVariable String use, HttpServletRequest request) throws IOException {
        var order = AdminBody.read(request, MAX_BODY, MEMBERS);
        rotation(request).retire(KeyRotation.use(use), order.string("key"), order.flag("force"));
        return done(order.string("key"), "gone");
    }

    private static ResponseEntity<byte[]> done(String key, String state) {
        return AdminAnswer.of(
                JsonObject.builder().put("key", key).put("state", state).build());
    }

    private static JsonObject write(KeyReport report) {
        return JsonObject.builder()
                .put("use", KeyRotation.name(report.use()))
                .put("key", report.key().publicJwk().getKeyID())
                .put("algorithm", report.key().algorithm().getName())
                .put(
                        "state",
                        report.state()
                                .map(state -> state.name().toLowerCase(Locale.ROOT))
                                .orElse("published"))
                .putIf("since", report.since().map(Object::toString))
                .put(
                        "certificates",
                        report.key().chain().stream().map(KeyController::write).toList())
                .putIf("credentials", report.credentials().map(KeyController::write))
                .put("warnings", report.warnings())
                .build();
    }

    private static JsonObject write(X509Certificate certificate) {
        return JsonObject.builder()
                .put("subject", certificate.getSubjectX500Principal().getName())
                .put("issuer", certificate.getIssuerX500Principal().getName())
                .put("from", certificate.getNotBefore().toInstant().toString())
                .put("until", certificate.getNotAfter().toInstant().toString())
                .build();
    }

    private static JsonObject write(SignedBy signed) {
        return JsonObject.builder()
                .put("valid", signed.credentials())
                .put("until", signed.until().toString())
                .build();
    }

    @ExceptionHandler(NotNowException.class)
    ResponseEntity<byte[]> refuse(NotNowException inTheWay) {
        return Problem.response(HttpStatus.CONFLICT, String.valueOf(inTheWay.getMessage()));
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }
}
