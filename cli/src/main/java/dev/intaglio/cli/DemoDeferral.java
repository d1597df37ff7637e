package dev.intaglio.cli;

import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.wallet.DeferredCredentials;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/// Credentials that somebody at the issuer has to approve, and the wallet that comes back for them.
final class DemoDeferral {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Consumer<String> say;

    DemoDeferral(Consumer<String> say) {
        this.say = say;
    }

    /// The types that come along, but none is issued before somebody approved it.
    Map<String, Object> settings(Path directory, Map<String, Object> others) {
        try {
            var types = Files.createDirectories(directory.resolve("types"));
            for (var definition : CredentialDefinitions.shipped()) {
                var text = new String(resource("credentials/" + definition.id() + ".yaml"), StandardCharsets.UTF_8);
                Files.writeString(types.resolve(definition.id() + ".yaml"), text + "\napproval: manual\n");
            }
            var settings = new HashMap<>(others);
            settings.put("intaglio.credentials", types);
            settings.put(
                    "intaglio.claims", Files.write(directory.resolve("people.json"), resource("sample-people.json")));
            settings.put("intaglio.deferral.approval-interval", INTERVAL);
            return settings;
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    "cannot write to " + directory + ": " + unwritable,
                    "Is there room in the temporary directory?",
                    unwritable);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (var stream =
                Objects.requireNonNull(CredentialDefinitions.class.getResourceAsStream("/intaglio/" + name))) {
            return stream.readAllBytes();
        }
    }

    /// Plays both parts: the wallet comes too early once, then somebody approves, then it has its credential.
    Outcome wait(Wallet wallet, Outcome first, AdminClient admin) {
        if (!(first instanceof Outcome.Later(var deferred, var interval))) {
            return first;
        }
        say.accept("   the issuer has no credential yet, and says to come back in " + interval.toSeconds() + " s");
        var early = again(wallet, deferred, interval);
        say.accept("   somebody at the issuer approves it (POST /admin/deferred/…/approve)");
        admin.approveDeferred();
        return early instanceof Outcome.Later(var still, var next) ? again(wallet, still, next) : early;
    }

    private static Outcome again(Wallet wallet, DeferredCredentials deferred, Duration interval) {
        try {
            Thread.sleep(interval);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped while the issuer was to decide", "Run it again.", stopped);
        }
        return wallet.askAgain(deferred);
    }
}
