package dev.intaglio.cli;

import dev.intaglio.cli.config.Plan;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks a server's admin interface about its tenants.
final class TenantAdmin {
    private static final String TENANTS = "/admin/tenants";
    private static final int PAGE = 1_000;
    private static final int PAGE_OF_DEFINITIONS = 100;

    private final AdminClient admin;

    TenantAdmin(AdminClient admin) {
        this.admin = admin;
    }

    List<JsonObject> list() {
        return list(PAGE, false);
    }

    private List<JsonObject> list(int limit, boolean definitions) {
        var all = new ArrayList<JsonObject>();
        var next = Optional.of("");
        while (next.isPresent()) {
            var page = admin.send(Request.get(admin.address(
                    TENANTS + "?limit=" + limit + "&definitions=" + definitions + "&after=" + next.get())));
            all.addAll(page.objects("tenants"));
            next = page.optionalString("next");
        }
        return all;
    }

    JsonObject create(String name, JsonObject definition) {
        return post(TENANTS, order(name, definition));
    }

    void check(String name, JsonObject definition) {
        post(TENANTS + "/check", order(name, definition));
    }

    JsonObject apply(String name, long replaces, JsonObject definition) {
        var order = JsonObject.builder()
                .put("replaces", replaces)
                .put("definition", definition)
                .build();
        var request = Request.post(at(name, ""), order);
        return admin.send(new Request("PUT", request.uri(), request.headers(), request.body(), request.remote()));
    }

    List<JsonObject> versions(String name) {
        return admin.send(Request.get(at(name, "/versions"))).objects("versions");
    }

    JsonObject rollBack(String name, Optional<Long> version) {
        return post(
                TENANTS + "/" + name + "/rollback",
                JsonObject.builder().putIf("to", version).build());
    }

    /// @param verb `disable`, `enable` or `token`
    JsonObject tell(String name, String verb) {
        return post(TENANTS + "/" + name + "/" + verb, JsonObject.empty());
    }

    /// All tenants with their definitions.
    Map<String, Plan.Present> present() {
        var present = new LinkedHashMap<String, Plan.Present>();
        for (var tenant : list(PAGE_OF_DEFINITIONS, true)) {
            present.put(
                    tenant.string("name"),
                    new Plan.Present(tenant.integer("version"), tenant.flag("enabled"), tenant.object("definition")));
        }
        return present;
    }

    private JsonObject post(String path, JsonObject body) {
        return admin.send(Request.post(admin.address(path), body));
    }

    private URI at(String name, String rest) {
        return admin.address(TENANTS + "/" + name + rest);
    }

    private static JsonObject order(String name, JsonObject definition) {
        return JsonObject.builder()
                .put("name", name)
                .put("definition", definition)
                .build();
    }
}
