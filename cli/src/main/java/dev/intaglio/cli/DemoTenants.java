package dev.intaglio.cli;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Several Credential Issuers in one server, at paths and at subdomains, and a credential from each.
final class DemoTenants {
    private final ThrowAwayServer server;
    private final Terminal terminal;
    private final Consumer<String> say;

    DemoTenants(ThrowAwayServer server, Terminal terminal, Consumer<String> say) {
        this.server = server;
        this.terminal = terminal;
        this.say = say;
    }

    /// @return what machines are told about each
    List<JsonObject> issue(int tenants, String configuration, String subject) {
        var transport = JdkTransport.create();
        var operator =
                new TenantAdmin(new AdminClient(transport, server.address(), server.adminToken(), terminal.command()));
        var issued = new ArrayList<JsonObject>();
        for (var number = 1; number <= tenants; number++) {
            var name = "tenant-" + number;
            var tenant = operator.create(name, definition(number));
            var issuer = URI.create(tenant.string("issuer"));
            say.accept("The server has a tenant at " + issuer);
            var admin = new AdminClient(transport, issuer, tenant.string("admin_token"), terminal.command());
            var offer =
                    admin.offer(admin.find(List.of(configuration)), AdminClient.Wanted.with(subject, Optional.empty()));
            var wallet = Wallet.builder(transport, anchors(name))
                    .clock(terminal.clock())
                    .build();
            var resolved = wallet.resolve(offer.link(false));
            issued.add(taken(name, issuer, wallet.receive(resolved, offer.txCode())));
        }
        return issued;
    }

    /// Every second one at a subdomain.
    private static JsonObject definition(int number) {
        return JsonObject.builder()
                .put("address", number % 2 == 0 ? "subdomain" : "path")
                .put(
                        "settings",
                        JsonObject.builder()
                                .put("display", List.of(Map.of("name", "Tenant " + number)))
                                .build())
                .build();
    }

    private JsonObject taken(String name, URI issuer, Outcome outcome) {
        if (!(outcome instanceof Outcome.Received(var credentials, var notificationId))) {
            throw new CommandFailure(
                    name + " issued nothing: " + outcome, "This is a fault in intaglio; INTAGLIO_TRACE=1 shows where.");
        }
        var verified = credentials.getFirst().verified();
        var authority = verified.chain().getLast().getIssuerX500Principal().getName();
        say.accept(Tree.of(
                        "   a wallet has its credential",
                        credentials.getFirst().configurationId() + ", vouched for by " + authority)
                .render()
                .stripTrailing());
        return JsonObject.builder()
                .put("name", name)
                .put("issuer", issuer.toString())
                .put("configuration_id", credentials.getFirst().configurationId())
                .put("verified", true)
                .build();
    }

    private TrustAnchors anchors(String tenant) {
        var file = server.directory().resolve("tenants").resolve(tenant).resolve("trust-anchor.pem");
        try {
            return TrustAnchors.of(Pem.certificates(file));
        } catch (IOException missing) {
            throw new CommandFailure(
                    "the tenant left no trust anchor: " + missing,
                    "Is there room in the temporary directory?",
                    missing);
        }
    }
}
