package dev.intaglio.cli;

import dev.intaglio.cli.text.Times;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `intaglio revoke`, `suspend`, `reinstate`: has a running server change the status of credentials it issued.
abstract sealed class StatusCommand extends Subcommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(
            names = "--credential",
            paramLabel = "ID",
            description = "One credential: the id of its issuance, a dot and its number in it; or the whole issuance.")
    private @Nullable String credential;

    @Option(
            names = "--list",
            paramLabel = "URI",
            description = "With --index: the status list that the credential names.")
    private @Nullable String list;

    @Option(names = "--index", paramLabel = "N", description = "With --list: its index there.")
    private @Nullable Long index;

    @Option(names = "--subject", paramLabel = "ID", description = "All about one subject.")
    private @Nullable String subject;

    @Option(
            names = "--authorization",
            paramLabel = "ID",
            description = "All that came of one offer, sign-in or deferred transaction.")
    private @Nullable String authorization;

    @Option(names = "--client", paramLabel = "ID", description = "All that went to one wallet (client_id).")
    private @Nullable String client;

    @Option(
            names = "--wallet-instance",
            paramLabel = "THUMBPRINT",
            description = "All that went to one installation of a wallet, by its attested key.")
    private @Nullable String walletInstance;

    @Option(
            names = "--wallet-provider",
            paramLabel = "NAME",
            description = "All that went to wallets one provider attested.")
    private @Nullable String walletProvider;

    @Option(
            names = "--attested-key",
            paramLabel = "THUMBPRINT",
            description = "What is bound to a key that an attester vouched for.")
    private @Nullable String attestedKey;

    @Option(names = "--signing-key", paramLabel = "KID", description = "All that one of the issuer's keys signed.")
    private @Nullable String signingKey;

    @Option(
            names = "--type",
            paramLabel = "ID",
            description = "Only of this type: the id of a definition or of a configuration.")
    private @Nullable String type;

    @Option(names = "--issued-from", paramLabel = "TIME", description = "Only issued then or later.")
    private @Nullable Instant issuedFrom;

    @Option(names = "--issued-before", paramLabel = "TIME", description = "Only issued before then.")
    private @Nullable Instant issuedBefore;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept by the server, not published.")
    private @Nullable String reason;

    @Option(names = "--actor", paramLabel = "NAME", description = "Who wants it (the user running this).")
    private @Nullable String actor;

    @Option(
            names = "--undo-window",
            paramLabel = "DURATION",
            description = "Take effect only after so long, such as PT1H; until then --undo takes it back.")
    private @Nullable Duration undoWindow;

    @Option(names = "--undo", paramLabel = "OPERATION", description = "Take back an operation that waits.")
    private @Nullable String undo;

    @Option(names = "--dry-run", description = "Only count.")
    private boolean dryRun;

    @Mixin
    private ServerOptions server = new ServerOptions();

    private final String verb;
    private final String done;

    StatusCommand(Terminal terminal, String verb, String done) {
        super(terminal);
        this.verb = verb;
        this.done = done;
    }

    @Command(name = "revoke", description = "Take credentials back, for good.", sortOptions = false)
    static final class Revoke extends StatusCommand {
        Revoke(Terminal terminal) {
            super(terminal, "revoke", "revoked");
        }
    }

    @Command(name = "suspend", description = "Declare credentials not good for now.", sortOptions = false)
    static final class Suspend extends StatusCommand {
        Suspend(Terminal terminal) {
            super(terminal, "suspend", "suspended");
        }
    }

    @Command(
            name = "reinstate",
            description = "Declare suspended credentials good again. Revoked ones stay revoked.",
            sortOptions = false)
    static final class Reinstate extends StatusCommand {
        Reinstate(Terminal terminal) {
            super(terminal, "reinstate", "reinstated");
        }
    }

    @Override
    boolean run() {
        var admin = server.client(terminal());
        if (undo != null) {
            admin.undo(undo);
            say("Undone: nothing of " + undo + " takes effect.");
            result(JsonObject.builder().put("undone", undo).build());
            return true;
        }
        var answer = admin.changeStatus(verb, order());
        var changed = answer.integer("changed");
        var of = " of " + Times.plural(answer.integer("matched"), "credential");
        if (dryRun) {
            say("Would be " + done + ": " + changed + of + ". Nothing was changed.");
        } else if (answer.string("phase").equals("staged")) {
            say("Will be " + done + ": " + changed + of + ", at " + answer.string("due_at") + ".\n   Until then:  "
                    + terminal().command() + " " + verb + " --undo " + answer.string("operation"));
        } else {
            say("Now " + done + ": " + changed + of + ".");
        }
        result(answer);
        return true;
    }

    private JsonObject order() {
        var selected = JsonObject.builder()
                .putIf("credential", Optional.ofNullable(credential))
                .putIf("list", Optional.ofNullable(list))
                .putIf("index", Optional.ofNullable(index))
                .putIf("subject", Optional.ofNullable(subject))
                .putIf("authorization", Optional.ofNullable(authorization))
                .putIf("client", Optional.ofNullable(client))
                .putIf("wallet_instance", Optional.ofNullable(walletInstance))
                .putIf("wallet_provider", Optional.ofNullable(walletProvider))
                .putIf("attested_key", Optional.ofNullable(attestedKey))
                .putIf("signing_key", Optional.ofNullable(signingKey))
                .putIf("issued_from", Optional.ofNullable(issuedFrom).map(Instant::toString))
                .putIf("issued_before", Optional.ofNullable(issuedBefore).map(Instant::toString))
                .build();
        if (selected.members().isEmpty() && type == null) {
            throw new ParameterException(
                    spec.commandLine(), "say which credentials: --credential, --subject, --type or another");
        }
        return JsonObject.builder()
                .put("credentials", selected)
                .putIf("type", Optional.ofNullable(type))
                .putIf("reason", Optional.ofNullable(reason))
                .put("actor", Optional.ofNullable(actor).orElseGet(() -> System.getProperty("user.name", "intaglio")))
                .putIf("undo_window", Optional.ofNullable(undoWindow).map(Duration::toString))
                .put("dry_run", dryRun)
                .build();
    }
}
