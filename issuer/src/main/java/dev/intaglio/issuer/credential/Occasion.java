package dev.intaglio.issuer.credential;

import dev.intaglio.credential.HolderKey;
import dev.intaglio.issuer.proof.HolderKeys;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.store.DeferredTransaction;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.oauth.AccessToken;
import java.util.List;

/// A wallet asks for credentials: with a request of its own, or coming back for one that had to wait.
sealed interface Occasion {
    Entitlement entitlement();

    /// What the credentials are bound to, in the order of the proofs.
    List<HolderKey> keys();

    /// By what they will be found again.
    IssuanceOrigin origin();

    /// A Credential Request (§8.2).
    record First(Entitlement entitlement, AccessToken token, CredentialRequest request, HolderKeys holderKeys)
            implements Occasion {
        @Override
        public List<HolderKey> keys() {
            return holderKeys.keys();
        }

        @Override
        public IssuanceOrigin origin() {
            return Origins.of(token, holderKeys);
        }
    }

    /// A Deferred Credential Request (§9.1): the keys are those of the first request.
    ///
    /// @param transactionId as the wallet has it, who gets the same again
    record Return(Entitlement entitlement, String transactionId, DeferredTransaction transaction) implements Occasion {
        @Override
        public List<HolderKey> keys() {
            return transaction.holderKeys();
        }

        @Override
        public IssuanceOrigin origin() {
            return transaction.origin().ending(transaction.handle());
        }

        /// Without the handle.
        @Override
        public String toString() {
            return "Return[" + transaction + "]";
        }
    }
}
