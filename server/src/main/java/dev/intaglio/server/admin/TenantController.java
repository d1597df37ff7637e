package dev.intaglio.server.admin;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.spring.TenantAdministration;
import dev.intaglio.storage.jdbc.tenant.Tenant;
import dev.intaglio.storage.jdbc.tenant.TenantVersion;
import dev.intaglio.storage.jdbc.tenant.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Makes tenants, changes them, and takes changes back. For the operator alone: it is not there for tenants, and a tenant's
/// token opens nothing of it.
@RestController
@AdminScope("intaglio.tenants")
class TenantController {
    private static final int MAX_BODY = 2 * 1024 * 1024;
    private static final Set<String> MEMBERS = Set.of("name", "definition", "replaces", "to");

    private static final int AT_MOST = 1_000;

    private final TenantAdministration tenants;

    TenantController(TenantAdministration tenants) {
        this.tenants = tenants;
    }

    /// By name, piece by piece: what comes next is after `next`.
    ///
    /// @param definitions whether they are told too
    @GetMapping({"/admin/v1/tenants", "/admin/tenants"})
    ResponseEntity<byte[]> list(
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = "1000") int limit,
            @RequestParam(defaultValue = "false") boolean definitions) {
        if (limit < 1 || limit > AT_MOST) {
            throw new IllegalArgumentException("limit is from 1 to " + AT_MOST);
        }
        // One more than asked for tells whether there are more.
        var found = tenants.page(after, limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        return AdminAnswer.of(JsonObject.builder()
                .put(
                        "tenants",
                        page.stream().map(one -> write(one, definitions)).toList())
                .putIf(
                        "next",
                        found.size() > limit
                                ? Optional.of(page.getLast().tenant().name())
                                : Optional.empty())
                .build());
    }

    @PostMapping({"/admin/v1/tenants", "/admin/tenants"})
    ResponseEntity<byte[]> create(HttpServletRequest request) throws IOException {
        var order = AdminBody.read(request, MAX_BODY, MEMBERS);
        var created = tenants.create(order.string("name"), order.object("definition"));
        return AdminAnswer.of(
                HttpStatus.CREATED,
                JsonObject.builder()
                        .putAll(write(created.tenant()))
                        .put("admin_token", created.adminToken())
                        .build());
    }

    /// Whether a definition could be put in force; nothing is changed.
    @PostMapping({"/admin/v1/tenants/check", "/admin/tenants/check"})
    ResponseEntity<byte[]> check(HttpServletRequest request) throws IOException {
        var order = AdminBody.read(request, MAX_BODY, MEMBERS);
        tenants.check(order.string("name"), order.object("definition"));
        return ResponseEntity.noContent().build();
    }

    @GetMapping({"/admin/v1/tenants/{name}", "/admin/tenants/{name}"})
    ResponseEntity<byte[]> show(@PathVariable String name) {
        return tenants.defined(name)
                .map(tenant -> AdminAnswer.of(write(tenant, true)))
                .orElseGet(() -> Problem.response(HttpStatus.NOT_FOUND, "there is no tenant of this name"));
    }

    @PutMapping({"/admin/v1/tenants/{name}", "/admin/tenants/{name}"})
    ResponseEntity<byte[]> apply(@PathVariable String name, HttpServletRequest request) throws IOException {
        var order = AdminBody.read(request, MAX_BODY, MEMBERS);
        return AdminAnswer.of(write(tenants.apply(name, order.integer("replaces"), order.object("definition"))));
    }

    @GetMapping({"/admin/v1/tenants/{name}/versions", "/admin/tenants/{name}/versions"})
    ResponseEntity<byte[]> versions(@PathVariable String name) {
        var all = tenants.versions(name).stream().map(TenantController::write).toList();
        return AdminAnswer.of(JsonObject.builder().put("versions", all).build());
    }

    @PostMapping({"/admin/v1/tenants/{name}/rollback", "/admin/tenants/{name}/rollback"})
    ResponseEntity<byte[]> rollBack(@PathVariable String name, HttpServletRequest request) throws IOException {
        var order = AdminBody.read(request, MAX_BODY, MEMBERS);
        return AdminAnswer.of(write(tenants.rollBack(name, order.optionalInteger("to"))));
    }

    @PostMapping({"/admin/v1/tenants/{name}/disable", "/admin/tenants/{name}/disable"})
    ResponseEntity<byte[]> disable(@PathVariable String name) {
        return AdminAnswer.of(write(tenants.enable(name, false)));
    }

    @PostMapping({"/admin/v1/tenants/{name}/enable", "/admin/tenants/{name}/enable"})
    ResponseEntity<byte[]> enable(@PathVariable String name) {
        return AdminAnswer.of(write(tenants.enable(name, true)));
    }

    @PostMapping({"/admin/v1/tenants/{name}/token", "/admin/tenants/{name}/token"})
    ResponseEntity<byte[]> token(@PathVariable String name) {
        return AdminAnswer.of(JsonObject.builder()
                .put("admin_token", tenants.newAdminToken(name))
                .build());
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }

    @ExceptionHandler(TenantAdministration.Conflict.class)
    ResponseEntity<byte[]> refuse(TenantAdministration.Conflict conflict) {
        return Problem.response(HttpStatus.CONFLICT, String.valueOf(conflict.getMessage()));
    }

    private JsonObject write(Tenant tenant) {
        return write(tenants.defined(tenant.name()).orElseThrow(), false);
    }

    private JsonObject write(Tenants.Defined defined, boolean whole) {
        var tenant = defined.tenant();
        var definition = TenantAdministration.definition(defined.version());
        var written = JsonObject.builder()
                .put("name", tenant.name())
                .put("issuer", tenants.identifier(tenant.name(), definition).toString())
                .put("version", tenant.version())
                .put("enabled", tenant.enabled())
                .build();
        return whole ? written.with("definition", definition) : written;
    }

    private static JsonObject write(TenantVersion version) {
        return JsonObject.builder()
                .put("version", version.version())
                .put("applied_at", version.appliedAt().toString())
                .build();
    }
}
