package dev.intaglio.wallet;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.DeferredCredentialRequest;
import java.util.List;

/// Credentials the issuer will have later (§9): the handle to ask for them by, the token it goes with, and the keys they are to be
/// bound to. For [Wallet#askAgain], and for this run of the program only: keys are not written down here.
public final class DeferredCredentials {
    private final CredentialRequests.Wanted wanted;
    private final Access access;
    private final List<SigningKey> holderKeys;
    private final EncryptedExchange exchange;
    private final DeferredCredentialRequest request;

    /// @param exchange of the first request: what was to be encrypted is to be so still, and for the same key (§9.1)
    DeferredCredentials(
            CredentialRequests.Wanted wanted,
            Access access,
            List<SigningKey> holderKeys,
            EncryptedExchange exchange,
            DeferredCredentialRequest request) {
        this.wanted = wanted;
        this.access = access;
        this.holderKeys = List.copyOf(holderKeys);
        this.exchange = exchange;
        this.request = request;
    }

    CredentialRequests.Wanted wanted() {
        return wanted;
    }

    Access access() {
        return access;
    }

    List<SigningKey> holderKeys() {
        return holderKeys;
    }

    EncryptedExchange exchange() {
        return exchange;
    }

    DeferredCredentialRequest request() {
        return request;
    }

    /// Of which configuration they will be.
    public String configurationId() {
        return wanted.configurationId();
    }

    /// Without handle and token.
    @Override
    public String toString() {
        return "DeferredCredentials[" + configurationId() + "]";
    }
}
