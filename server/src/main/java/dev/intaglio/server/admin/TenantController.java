package dev.intaglio.server.admin;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.spring.TenantAdministration;
import dev.intaglio.storage.jdbc.tenant.Tenant;
import dev.intaglio.storage.jdbc.tenant.TenantVersion;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/// Makes tenants, changes them, and takes changes back. For the operator alone: it is not there for tenants, and a tenant's
/// token opens nothing of it.
@RestController
@AdminScope("intaglio.tenants")
class TenantController {
    private static final int MAX_BODY = 2 * 1024 * 1024;
    private static final Set<String> MEMBERS = Set.of("name", "definition", "replaces", "to");

    private final TenantAdministration tenants;

    TenantController(TenantAdministration tenants) {
        this.tenants = tenants;
    }

    @GetMapping({"/admin/v1/tenants", "/admin/tenants"})
    ResponseEntity<byte[]> list() {
        var all = tenants.all().stream().map(this::write).toList();
        return json(HttpStatus.OK, JsonObject.builder().put("tenants", all).build());
    }

    @PostMapping({"/admin/v1/tenants", "/admin/tenants"})
    ResponseEntity<byte[]> create(HttpServletRequest request) throws IOException {
        var order = read(request);
        var created = tenants.create(order.string("name"), order.object("definition"));
        return json(
                HttpStatus.CREATED,
                JsonObject.builder()
                        .putAll(write(created.tenant()))
                        .put("admin_token", created.adminToken())
                        .build());
    }

    /// Whether a definition could be put in force; nothing is changed.
    @PostMapping({"/admin/v1/tenants/check", "/admin/tenants/check"})
    ResponseEntity<byte[]> check(HttpServletRequest request) throws IOException {
        var order = read(request);
        tenants.check(order.string("name"), order.object("definition"));
        return ResponseEntity.noContent().build();
    }

    @GetMapping({"/admin/v1/tenants/{name}", "/admin/tenants/{name}"})
    ResponseEntity<byte[]> show(@PathVariable String name) {
        var tenant = tenants.find(name);
        if (tenant.isEmpty()) {
            return Problem.response(HttpStatus.NOT_FOUND, "there is no tenant of this name");
        }
        var present = tenants.versions(name).getFirst();
        return json(HttpStatus.OK, write(tenant.get()).with("definition", TenantAdministration.definition(present)));
    }

    @PutMapping({"/admin/v1/tenants/{name}", "/admin/tenants/{name}"})
    ResponseEntity<byte[]> apply(@PathVariable String name, HttpServletRequest request) throws IOException {
        var order = read(request);
        return json(HttpStatus.OK, write(tenants.apply(name, order.integer("replaces"), order.object("definition"))));
    }

    @GetMapping({"/admin/v1/tenants/{name}/versions", "/admin/tenants/{name}/versions"})
    ResponseEntity<byte[]> versions(@PathVariable String name) {
        var all = tenants.versions(name).stream().map(TenantController::write).toList();
        return json(HttpStatus.OK, JsonObject.builder().put("versions", all).build());
    }

    @PostMapping({"/admin/v1/tenants/{name}/rollback", "/admin/tenants/{name}/rollback"})
    ResponseEntity<byte[]> rollBack(@PathVariable String name, HttpServletRequest request) throws IOException {
        var order = read(request);
        return json(HttpStatus.OK, write(tenants.rollBack(name, order.optionalInteger("to"))));
    }

    @PostMapping({"/admin/v1/tenants/{name}/disable", "/admin/tenants/{name}/disable"})
    ResponseEntity<byte[]> disable(@PathVariable String name) {
        return json(HttpStatus.OK, write(tenants.enable(name, false)));
    }

    @PostMapping({"/admin/v1/tenants/{name}/enable", "/admin/tenants/{name}/enable"})
    ResponseEntity<byte[]> enable(@PathVariable String name) {
        return json(HttpStatus.OK, write(tenants.enable(name, true)));
    }

    @PostMapping({"/admin/v1/tenants/{name}/token", "/admin/tenants/{name}/token"})
    ResponseEntity<byte[]> token(@PathVariable String name) {
        return json(
                HttpStatus.OK,
                JsonObject.builder()
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

    private static JsonObject read(HttpServletRequest request) throws IOException {
        var body = AdminBody.read(request, MAX_BODY);
        var order = body.length == 0 ? JsonObject.empty() : Json.readObject(body, JsonLimits.DOCUMENT);
        if (!MEMBERS.containsAll(order.members().keySet())) {
            throw new IllegalArgumentException(
                    "there are " + MEMBERS.stream().sorted().toList());
        }
        return order;
    }

    private JsonObject write(Tenant tenant) {
        return JsonObject.builder()
                .put("name", tenant.name())
                .put("issuer", tenants.identifier(tenant).toString())
                .put("version", tenant.version())
                .put("enabled", tenant.enabled())
                .build();
    }

    private static JsonObject write(TenantVersion version) {
        return JsonObject.builder()
                .put("version", version.version())
                .put("applied_at", version.appliedAt().toString())
                .build();
    }

    private static ResponseEntity<byte[]> json(HttpStatus status, JsonObject body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(body.bytes());
    }
}
