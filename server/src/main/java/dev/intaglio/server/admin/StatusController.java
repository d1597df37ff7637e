package dev.intaglio.server.admin;

import dev.intaglio.issuer.status.CredentialStatuses;
import dev.intaglio.issuer.status.CredentialStatuses.Order;
import dev.intaglio.issuer.store.AttestationReference;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.StatusOperation;
import dev.intaglio.issuer.store.StatusOperations.Issued;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.IssuerAtHand;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Revokes, suspends and reinstates credentials, and finds them. [AdminGuard] stands before it.
@RestController
@AdminScope("intaglio.status")
@ServesTenants
class StatusController {
    private static final int MAX_BODY = 64 * 1024;
    private static final Set<String> MEMBERS =
            Set.of("credentials", "type", "reason", "actor", "dry_run", "undo_window");

    private final IssuerAtHand issuers;

    StatusController(IssuerAtHand issuers) {
        this.issuers = issuers;
    }

    private CredentialStatuses statuses(HttpServletRequest request) {
        return issuers.of(request).issuer().statuses();
    }

    /// What is done to which credentials; with `dry_run` only how many that would be.
    @PostMapping("/admin/v1/status/{verb}")
    ResponseEntity<byte[]> change(@PathVariable String verb, HttpServletRequest request) throws IOException {
        var json = body(request);
        requireKnown(json);
        var statuses = statuses(request);
        var order = new Order(
                verb(verb),
                selector(json, statuses),
                json.optionalString("reason").orElse(""),
                json.optionalString("actor").orElse("admin"),
                json.optionalString("undo_window").map(StatusController::duration));
        if (json.flag("dry_run")) {
            var counted = statuses.count(order);
            return json(JsonObject.builder()
                    .put("dry_run", true)
                    .put("matched", counted.matched())
                    .put("changed", counted.changed())
                    .build());
        }
        return json(write(statuses.change(order)));
    }

    static StatusVerb verb(String word) {
        return Arrays.stream(StatusVerb.values())
                .filter(verb -> verb.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("a status is changed by revoke, suspend, reinstate, expire"));
    }

    @GetMapping("/admin/v1/status/operations")
    ResponseEntity<byte[]> operations(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = Part.USUAL) int limit) {
        var part = Part.of(after, limit);
        var page = statuses(request).operations(part.position(), part.limit());
        return json(Part.write("operations", page, StatusController::write));
    }

    @PostMapping("/admin/v1/status/operations/{id}/undo")
    ResponseEntity<byte[]> undo(@PathVariable String id, HttpServletRequest request) {
        return statuses(request).undo(id)
                ? ResponseEntity.noContent().build()
                : Problem.response(HttpStatus.CONFLICT, "no operation of this id can be undone (any more)");
    }

    /// Credentials, by what stands in the request as for a change.
    @PostMapping("/admin/v1/status/find")
    ResponseEntity<byte[]> find(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = Part.USUAL) int limit)
            throws IOException {
        var part = Part.of(after, limit);
        var json = body(request);
        requireKnown(json);
        var statuses = statuses(request);
        var page = statuses.issued(selector(json, statuses), part.position(), part.limit());
        return json(Part.write("credentials", page, issued -> write(issued, statuses)));
    }

    private static JsonObject body(HttpServletRequest request) throws IOException {
        var body = AdminBody.read(request, MAX_BODY);
        return Json.readObject(body);
    }

    private static void requireKnown(JsonObject json) {
        var unknown = new HashSet<>(json.members().keySet());
        unknown.removeAll(MEMBERS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no " + unknown.stream().sorted().toList().getFirst() + "; there are "
                            + MEMBERS.stream().sorted().toList());
        }
    }

    /// `credentials` says which, `type` stands for all configurations of a definition.
    private static StatusSelector selector(JsonObject json, CredentialStatuses statuses) {
        var chosen = new LinkedHashMap<String, Object>();
        json.optionalObject("credentials")
                .ifPresent(selected -> selected.members().forEach((name, value) -> {
                    if (value != null) {
                        chosen.put(name, value);
                    }
                }));
        json.optionalString("type").ifPresent(type -> chosen.put("configurations", statuses.configurations(type)));
        return StatusSelector.read(JsonObject.of(chosen));
    }

    static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException("undo_window is a duration such as PT1H", malformed);
        }
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }

    static JsonObject write(StatusOperation operation) {
        return JsonObject.builder()
                .put("operation", operation.id())
                .put("verb", operation.verb().name().toLowerCase(Locale.ROOT))
                .put("phase", operation.phase().name().toLowerCase(Locale.ROOT))
                .put("credentials", operation.selector().write())
                .put("reason", operation.reason())
                .put("actor", operation.actor())
                .put("requested_at", operation.requestedAt().toString())
                .put("due_at", operation.dueAt().toString())
                .put("matched", operation.matched())
                .put("changed", operation.changed())
                .build();
    }

    private static JsonObject write(Issued issued, CredentialStatuses statuses) {
        var issuance = issued.issuance();
        var status = issuance.status().orElseThrow();
        var origin = issuance.origin();
        return JsonObject.builder()
                .put("credential", issued.id())
                .put("configuration", issuance.configurationId())
                .put("subject", issuance.subject())
                .put("authorization", issuance.authorizationId())
                .put("issued_at", issuance.issuedAt().toString())
                .put("list", status.listId())
                .put("uri", statuses.address(status.listId()).toString())
                .put("index", status.indices().get(issued.number()))
                .put("status", issued.state().name().toLowerCase(Locale.ROOT))
                .putIf("client", origin.clientId())
                .putIf("wallet_instance", origin.walletInstance())
                .putIf("wallet_provider", origin.walletProvider())
                .putUnlessEmpty("attested_keys", origin.attestedKeys())
                .putIf("offer", origin.offer())
                .putIf("transaction", origin.transaction())
                .putUnlessEmpty(
                        "attestations",
                        origin.attestations().stream()
                                .map(AttestationReference::id)
                                .toList())
                .putIf("signing_key", issuance.signed().map(IssuanceRecord.Signed::key))
                .build();
    }

    private static ResponseEntity<byte[]> json(JsonObject body) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(body.bytes());
    }
}
