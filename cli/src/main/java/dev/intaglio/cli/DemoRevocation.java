package dev.intaglio.cli;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.statuslist.Standing;
import dev.intaglio.statuslist.StatusReader;
import dev.intaglio.wallet.ReceivedCredential;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// A verifier looks at a credential, its issuer takes it back, and the verifier looks again.
final class DemoRevocation {
    private final AdminClient admin;
    private final StatusReader reader;
    private final Consumer<String> say;

    DemoRevocation(AdminClient admin, Handler transport, TrustAnchors anchors, Clock clock, Consumer<String> say) {
        this.admin = admin;
        this.reader = new StatusReader(transport, anchors, CredentialVerifiers.onClassPath(), clock);
        this.say = say;
    }

    /// What was seen.
    ///
    /// @param visible how long after it was asked for the revocation could be read
    record Seen(Standing before, Standing after, CredentialStatus status, Duration visible) {
        Tree tree() {
            return new Tree(
                    "Status",
                    "",
                    List.of(
                            Tree.of("kept at", status.place() + " of " + status.uri()),
                            Tree.of("before", before.word()),
                            Tree.of(
                                    "after",
                                    after.word() + ", to be read " + visible.toMillis()
                                            + " ms after it was asked for")));
        }

        JsonObject addTo(JsonObject json) {
            return json.with("status_uri", status.uri().toString())
                    .with("status_index", status.index())
                    .with("status_before", before.word())
                    .with("status_after", after.word())
                    .with("revocation_visible_ms", visible.toMillis());
        }
    }

    Seen show(ReceivedCredential credential) {
        var verified = credential.verified();
        var status = verified.status()
                .orElseThrow(() -> new CommandFailure(
                        "the credential has no status, so it cannot be taken back",
                        "Give its definition a status, or show another --configuration."));
        say.accept("A verifier fetches the status list that the credential names:");
        var before = reader.read(verified);
        say.accept("   the credential is " + before.word() + detail(before));
        say.accept("The issuer revokes it (POST /admin/v1/status/revoke):");
        var began = System.nanoTime();
        revoke(status.uri(), status.index());
        reader.forget();
        var after = reader.read(verified);
        var visible = Duration.ofNanos(System.nanoTime() - began);
        say.accept("   fetched afresh, the list says that it is " + after.word() + detail(after) + "\n");
        return new Seen(before, after, status, visible);
    }

    private void revoke(URI list, long index) {
        admin.changeStatus(
                "revoke",
                JsonObject.builder()
                        .put(
                                "credentials",
                                JsonObject.builder()
                                        .put("list", list.toString())
                                        .put("index", index)
                                        .build())
                        .put("reason", "shown in a demonstration")
                        .put("actor", "intaglio demo")
                        .build());
    }

    private static String detail(Standing standing) {
        return standing instanceof Standing.Unavailable(var problem, var detail) ? ": " + problem + ", " + detail : "";
    }
}
