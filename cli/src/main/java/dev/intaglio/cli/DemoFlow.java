package dev.intaglio.cli;

import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.ResolvedOffer;
import dev.intaglio.wallet.Wallet;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// A way from an offer to its credential, in the demonstration.
interface DemoFlow {
    /// What the server has to be told for it.
    ///
    /// @param directory of the server, for files it is to read
    Map<String, Object> settings(Path directory);

    /// What kind of offer leads this way.
    AdminClient.Wanted offer(String subject);

    /// What the people in the story know of the offer beside its link.
    String apart(MadeOffer offer);

    /// What the wallet has to have.
    Wallet.Builder wallet(Wallet.Builder wallet);

    Outcome take(Wallet wallet, ResolvedOffer resolved, MadeOffer offer);

    /// By pre-authorized code and Transaction Code.
    final class PreAuthorized implements DemoFlow {
        @Override
        public Map<String, Object> settings(Path directory) {
            return Map.of();
        }

        @Override
        public AdminClient.Wanted offer(String subject) {
            return AdminClient.Wanted.with(subject, Optional.empty());
        }

        @Override
        public String apart(MadeOffer offer) {
            return "transaction code " + offer.txCode().orElse("–") + ", which goes another way than the link";
        }

        @Override
        public Wallet.Builder wallet(Wallet.Builder wallet) {
            return wallet;
        }

        @Override
        public Outcome take(Wallet wallet, ResolvedOffer resolved, MadeOffer offer) {
            return wallet.receive(resolved, offer.txCode());
        }
    }
}
