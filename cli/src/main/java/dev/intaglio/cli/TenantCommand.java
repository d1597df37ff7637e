package dev.intaglio.cli;

import dev.intaglio.cli.config.IssuerDirectory;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `intaglio tenant …`: the issuers of a server beside its main one.
@Command(
        name = "tenant",
        description = "Make, list, disable the Credential Issuers of a server beside its main one.",
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false)
final class TenantCommand extends CommandGroup {
    TenantCommand(Terminal terminal) {
        super(terminal);
    }

    /// All of them, for the command line.
    static List<Subcommand> subcommands(Terminal terminal) {
        return List.of(
                new Create(terminal),
                new Listing(terminal),
                new Telling.Disable(terminal),
                new Telling.Enable(terminal),
                new Token(terminal));
    }

    private static Tree fact(JsonObject tenant) {
        return Tree.of(
                tenant.string("name"),
                tenant.string("issuer") + "   (version " + tenant.integer("version")
                        + (tenant.flag("enabled") ? ")" : ", disabled)"));
    }

    @Command(
            name = "create",
            description = "Make a tenant. It issues from now on, with keys of its own.",
            sortOptions = false)
    static final class Create extends Subcommand {
        @Mixin
        private final ServerOptions admin = new ServerOptions();

        @Parameters(paramLabel = "NAME", description = "Small letters, digits and dashes.")
        private String name = "";

        @Option(names = "--subdomain", description = "At https://NAME.host instead of https://host/NAME.")
        private boolean subdomain;

        @Option(
                names = "--issuer",
                paramLabel = "URL",
                description = "At this address, which has to lead to the server.")
        private @Nullable String issuer;

        @Option(names = "--display", paramLabel = "TEXT", description = "What it is called.")
        private @Nullable String display;

        @Option(
                names = "--definition",
                paramLabel = "DIR",
                description = "A directory with tenant.yaml, types/, claims.json, trust/ (see docs/tenants.md).")
        private @Nullable String definition;

        Create(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run() {
            var created = new TenantAdmin(admin.client(terminal())).create(name, definition());
            say(new Tree("Made", "", List.of(fact(created))).render());
            say("What opens its admin interface, and is not told again:\n  " + created.string("admin_token"));
            result(created);
            return true;
        }

        private JsonObject definition() {
            var all = JsonObject.empty();
            if (definition != null) {
                try {
                    all = IssuerDirectory.tenant(terminal().path(definition));
                } catch (IOException | IllegalArgumentException wrong) {
                    throw new CommandFailure(
                            String.valueOf(wrong.getMessage()), "The files of a tenant: docs/tenants.md", wrong);
                }
            }
            if (subdomain) {
                all = all.with("address", "subdomain");
            }
            if (issuer != null) {
                all = all.with("issuer", issuer);
            }
            if (display != null) {
                var settings = all.optionalObject("settings").orElse(JsonObject.empty());
                all = all.with("settings", settings.with("display", List.of(Map.of("name", display))));
            }
            return all;
        }
    }

    @Command(name = "list", description = "Show the tenants of a server.", sortOptions = false)
    static final class Listing extends Subcommand {
        @Mixin
        private final ServerOptions admin = new ServerOptions();

        Listing(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run() {
            var tenants = new TenantAdmin(admin.client(terminal())).list();
            say(
                    tenants.isEmpty()
                            ? "There is no tenant."
                            : new Tree(
                                            tenants.size() == 1 ? "1 tenant" : tenants.size() + " tenants",
                                            "",
                                            tenants.stream()
                                                    .map(TenantCommand::fact)
                                                    .toList())
                                    .render());
            result(JsonObject.builder().put("tenants", tenants).build());
            return true;
        }
    }

    /// Something that is told a tenant by its name alone.
    abstract static sealed class Telling extends Subcommand {
        @Mixin
        private final ServerOptions admin = new ServerOptions();

        @Parameters(paramLabel = "NAME", description = "Which tenant.")
        private String name = "";

        private final String verb;

        Telling(Terminal terminal, String verb) {
            super(terminal);
            this.verb = verb;
        }

        @Override
        boolean run() {
            var told = new TenantAdmin(admin.client(terminal())).tell(name, verb);
            say(new Tree("Done", "", List.of(fact(told))).render());
            result(told);
            return true;
        }

        @Command(
                name = "disable",
                description = "Have a tenant answer nothing but 404. What it remembers stays.",
                sortOptions = false)
        static final class Disable extends Telling {
            Disable(Terminal terminal) {
                super(terminal, "disable");
            }
        }

        @Command(name = "enable", description = "Have a disabled tenant serve again.", sortOptions = false)
        static final class Enable extends Telling {
            Enable(Terminal terminal) {
                super(terminal, "enable");
            }
        }
    }

    @Command(
            name = "token",
            description = "Make a new token for a tenant's admin interface; the old one opens nothing any more.",
            sortOptions = false)
    static final class Token extends Subcommand {
        @Mixin
        private final ServerOptions admin = new ServerOptions();

        @Parameters(paramLabel = "NAME", description = "Which tenant.")
        private String name = "";

        Token(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run() {
            var token = new TenantAdmin(admin.client(terminal())).tell(name, "token");
            say(token.string("admin_token"));
            result(token);
            return true;
        }
    }
}
