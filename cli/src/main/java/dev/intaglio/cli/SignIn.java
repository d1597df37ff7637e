package dev.intaglio.cli;

import dev.intaglio.wallet.AuthorizationStart;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.ResolvedOffer;
import dev.intaglio.wallet.Wallet;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/// Takes an offer that asks the user to sign in at the issuer: sends a browser there and waits until it is back.
final class SignIn {
    private final Wallet wallet;
    private final Consumer<String> story;
    private final Consumer<URI> browser;

    /// @param story is told what the person should know
    /// @param browser is sent to addresses
    SignIn(Wallet wallet, Consumer<String> story, Consumer<URI> browser) {
        this.wallet = wallet;
        this.story = story;
        this.browser = browser;
    }

    /// @throws CommandFailure if nobody comes back in time
    Outcome take(ResolvedOffer offer, Duration patience) {
        try (var redirect = LoopbackRedirect.open()) {
            return switch (wallet.begin(offer, redirect.uri())) {
                case AuthorizationStart.Refused(var refusal) -> refusal;
                case AuthorizationStart.Ready(var address, var pending) -> {
                    story.accept("Sign in and agree, in a browser on this machine:\n   " + address);
                    browser.accept(address);
                    var callback = redirect.await(patience)
                            .orElseThrow(() -> new CommandFailure(
                                    "nobody came back from signing in", "Try again; --wait PT1H waits for an hour."));
                    yield wallet.complete(pending, callback);
                }
            };
        }
    }
}
