package dev.intaglio.cli;

import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.ResolvedOffer;
import dev.intaglio.wallet.Wallet;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A way from an offer to its credential, in the demonstration.
interface DemoFlow {
    /// What the server has to be told for it.
    ///
    /// @param directory of the server, for files it is to read
    Map<String, Object> settings(Path directory);

    /// What kind of offer leads this way.
    ///
    /// @param validFor empty for as long as the server usually takes
    AdminClient.Wanted offer(String subject, Optional<Duration> validFor);

    /// What the people in the story know of the offer beside its link.
    String apart(MadeOffer offer);

    /// Options for `intaglio receive`, which takes another offer of the same kind; empty if it cannot.
    Optional<String> receiving();

    /// What the wallet has to have.
    Wallet.Builder wallet(Wallet.Builder wallet);

    /// @param browser what a person reaches the server with
    Outcome take(Wallet wallet, ResolvedOffer resolved, MadeOffer offer, HttpClient.Builder browser);

    /// By pre-authorized code and Transaction Code.
    final class PreAuthorized implements DemoFlow {
        @Override
        public Map<String, Object> settings(Path directory) {
            return Map.of();
        }

        @Override
        public AdminClient.Wanted offer(String subject, Optional<Duration> validFor) {
            return AdminClient.Wanted.with(subject, validFor);
        }

        @Override
        public String apart(MadeOffer offer) {
            return "transaction code " + offer.txCode().orElse("–") + ", which goes another way than the link";
        }

        @Override
        public Optional<String> receiving() {
            return Optional.of("");
        }

        @Override
        public Wallet.Builder wallet(Wallet.Builder wallet) {
            return wallet;
        }

        @Override
        public Outcome take(Wallet wallet, ResolvedOffer resolved, MadeOffer offer, HttpClient.Builder browser) {
            return wallet.receive(resolved, offer.txCode());
        }
    }
}
