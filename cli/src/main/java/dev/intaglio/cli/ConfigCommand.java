package dev.intaglio.cli;

import dev.intaglio.cli.config.IssuerDirectory;
import dev.intaglio.cli.config.Plan;
import dev.intaglio.cli.config.Plan.Step;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `intaglio config …`: issuers as files in a directory, and a server that shall have what they say.
@Command(
        name = "config",
        description = {
            "Keep the tenants of a server as files: check them, see what would change, put them in force, go back.",
            "What the files are: docs/tenants.md."
        },
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false)
final class ConfigCommand extends CommandGroup {
    ConfigCommand(Terminal terminal) {
        super(terminal);
    }

    /// All of them, for the command line.
    static List<Subcommand> subcommands(Terminal terminal) {
        return List.of(
                new Check(terminal),
                new Planning(terminal),
                new Apply(terminal),
                new Diff(terminal),
                new Export(terminal),
                new Versions(terminal),
                new RollBack(terminal));
    }

    /// A directory, and for which environment it is read.
    static final class Directory {
        @Parameters(paramLabel = "DIR", description = "A directory with a directory for each tenant.")
        private String directory = "";

        @Option(
                names = "--environment",
                paramLabel = "NAME",
                description = "Lay environments/NAME/TENANT.yaml over what is said there.")
        private @Nullable String environment;

        Map<String, JsonObject> definitions(Terminal terminal) {
            try {
                return new IssuerDirectory(terminal.path(directory), Optional.ofNullable(environment)).definitions();
            } catch (IOException | IllegalArgumentException wrong) {
                throw new CommandFailure(
                        String.valueOf(wrong.getMessage()), "What the files are: docs/tenants.md", wrong);
            }
        }
    }

    @Command(name = "check", description = "See whether the files can be used, without a server.", sortOptions = false)
    static final class Check extends Subcommand {
        @Mixin
        private final Directory directory = new Directory();

        Check(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run() {
            var definitions = directory.definitions(terminal());
            var wrong = DefinitionChecks.problems(definitions);
            wrong.forEach(problem -> say(problem));
            if (wrong.isEmpty()) {
                say("ok: " + String.join(", ", definitions.keySet()));
            }
            result(JsonObject.builder()
                    .put("tenants", List.copyOf(definitions.keySet()))
                    .put("problems", wrong)
                    .build());
            return wrong.isEmpty();
        }
    }

    /// What begins with comparing a directory with a server.
    abstract static sealed class Comparing extends Subcommand {
        @Mixin
        private final ServerOptions admin = new ServerOptions();

        @Mixin
        private final Directory directory = new Directory();

        Comparing(Terminal terminal) {
            super(terminal);
        }

        @Override
        final boolean run() {
            var server = new TenantAdmin(admin.client(terminal()));
            var plan = Plan.of(directory.definitions(terminal()), server.present());
            return run(server, plan);
        }

        abstract boolean run(TenantAdmin server, Plan plan);

        /// Tells the steps, and for machines all about them.
        final void tell(Plan plan) {
            for (var step : plan.steps()) {
                switch (step) {
                    case Step.Create create -> say("+ " + create.tenant() + ": is made");
                    case Step.Change change -> {
                        say("~ " + change.tenant() + ": changes");
                        change.differences()
                                .forEach(one -> say("    " + one.render().replace("\n", "\n    ")));
                    }
                    case Step.Nothing nothing -> say("  " + nothing.tenant() + ": as it is");
                    case Step.Enable enable -> say("~ " + enable.tenant() + ": is enabled");
                    case Step.Unknown unknown ->
                        say("? " + unknown.tenant() + ": not in the directory"
                                + (unknown.enabled() ? "" : " (and disabled)"));
                }
            }
        }

        static List<JsonObject> json(Plan plan) {
            return plan.steps().stream().map(Comparing::json).toList();
        }

        private static JsonObject json(Step step) {
            var object = JsonObject.builder().put("tenant", step.tenant()).build();
            return switch (step) {
                case Step.Create create -> object.with("step", "create");
                case Step.Change change ->
                    object.with("step", "change")
                            .with("replaces", change.replaces())
                            .with(
                                    "differences",
                                    change.differences().stream()
                                            .map(one -> one.write())
                                            .toList());
                case Step.Nothing nothing -> object.with("step", "nothing");
                case Step.Enable enable -> object.with("step", "enable");
                case Step.Unknown unknown -> object.with("step", "unknown");
            };
        }
    }

    @Command(
            name = "plan",
            description = "Show what apply would do, and have the server look whether it could.",
            sortOptions = false)
    static final class Planning extends Comparing {
        Planning(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run(TenantAdmin server, Plan plan) {
            tell(plan);
            for (var step : plan.steps()) {
                switch (step) {
                    case Step.Create create -> server.check(create.tenant(), create.definition());
                    case Step.Change change -> server.check(change.tenant(), change.definition());
                    case Step.Nothing nothing -> {}
                    case Step.Enable enable -> {}
                    case Step.Unknown unknown -> {}
                }
            }
            result(JsonObject.builder()
                    .put("changes", !plan.done())
                    .put("steps", json(plan))
                    .build());
            return true;
        }
    }

    @Command(
            name = "apply",
            description = "Have a server issue as the files say. What nobody changed stays as it is.",
            sortOptions = false)
    static final class Apply extends Comparing {
        @Option(names = "--prune", description = "Disable tenants that are not in the directory.")
        private boolean prune;

        Apply(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run(TenantAdmin server, Plan plan) {
            tell(plan);
            var made = new ArrayList<JsonObject>();
            for (var step : plan.steps()) {
                switch (step) {
                    case Step.Create create -> {
                        var created = server.create(create.tenant(), create.definition());
                        say("  admin token of " + create.tenant() + ", not told again: "
                                + created.string("admin_token"));
                        made.add(created);
                    }
                    case Step.Change change ->
                        made.add(server.apply(change.tenant(), change.replaces(), change.definition()));
                    case Step.Enable enable -> made.add(server.tell(enable.tenant(), "enable"));
                    case Step.Unknown unknown -> {
                        if (prune && unknown.enabled()) {
                            made.add(server.tell(unknown.tenant(), "disable"));
                        }
                    }
                    case Step.Nothing nothing -> {}
                }
            }
            say(made.isEmpty() ? "Nothing had to be done." : "Done.");
            result(JsonObject.builder().put("applied", made).build());
            return true;
        }
    }

    @Command(
            name = "diff",
            description = "Show where a server is not as the files say, whoever changed it; exit code 1 if it is not.",
            sortOptions = false)
    static final class Diff extends Comparing {
        Diff(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run(TenantAdmin server, Plan plan) {
            tell(plan);
            result(JsonObject.builder()
                    .put("same", plan.same())
                    .put("steps", json(plan))
                    .build());
            return plan.same();
        }
    }

    @Command(name = "export", description = "Write a server's tenants as files.", sortOptions = false)
    static final class Export extends Subcommand {
        @Mixin
        private final ServerOptions admin = new ServerOptions();

        @Parameters(paramLabel = "DIR", description = "Where to; files of the same name are replaced.")
        private String directory = "";

        Export(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run() {
            var present = new TenantAdmin(admin.client(terminal())).present();
            try {
                for (var tenant : present.entrySet()) {
                    IssuerDirectory.write(
                            terminal().path(directory),
                            tenant.getKey(),
                            tenant.getValue().definition());
                }
            } catch (IOException unwritable) {
                throw new CommandFailure(
                        "cannot write to " + directory + ": " + unwritable.getMessage(),
                        "Name a directory you may write to.",
                        unwritable);
            }
            say("Written: " + String.join(", ", present.keySet()));
            result(JsonObject.builder()
                    .put("tenants", List.copyOf(present.keySet()))
                    .build());
            return true;
        }
    }

    @Command(name = "versions", description = "Show which definitions a tenant had.", sortOptions = false)
    static final class Versions extends Subcommand {
        @Mixin
        private final ServerOptions admin = new ServerOptions();

        @Parameters(paramLabel = "NAME", description = "Which tenant.")
        private String name = "";

        Versions(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run() {
            var versions = new TenantAdmin(admin.client(terminal())).versions(name);
            versions.forEach(version -> say(version.integer("version") + "   " + version.string("applied_at")));
            result(JsonObject.builder().put("versions", versions).build());
            return true;
        }
    }

    @Command(
            name = "rollback",
            description = "Put the definition in force that a tenant had before, or an older one.",
            sortOptions = false)
    static final class RollBack extends Subcommand {
        @Mixin
        private final ServerOptions admin = new ServerOptions();

        @Parameters(paramLabel = "NAME", description = "Which tenant.")
        private String name = "";

        @Option(
                names = "--to",
                paramLabel = "VERSION",
                description = "The version to go back to; by default the one before.")
        private @Nullable Long version;

        RollBack(Terminal terminal) {
            super(terminal);
        }

        @Override
        boolean run() {
            var now = new TenantAdmin(admin.client(terminal())).rollBack(name, Optional.ofNullable(version));
            say(name + " has its earlier definition again, as version " + now.integer("version"));
            result(now);
            return true;
        }
    }
}
