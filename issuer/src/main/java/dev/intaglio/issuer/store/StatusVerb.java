package dev.intaglio.issuer.store;

import java.util.Set;

/// What can be done to the status of a credential. To do it again changes nothing.
public enum StatusVerb {
    REVOKE(CredentialState.REVOKED, Set.of(CredentialState.VALID, CredentialState.SUSPENDED)),
    SUSPEND(CredentialState.SUSPENDED, Set.of(CredentialState.VALID)),
    /// Never out of revoked: revocation is for good.
    REINSTATE(CredentialState.VALID, Set.of(CredentialState.SUSPENDED)),
    EXPIRE(CredentialState.EXPIRED, Set.of(CredentialState.VALID, CredentialState.SUSPENDED));

    private final CredentialState to;
    private final Set<CredentialState> from;

    StatusVerb(CredentialState to, Set<CredentialState> from) {
        this.to = to;
        this.from = from;
    }

    public CredentialState to() {
        return to;
    }

    /// Whether it changes a credential in that state.
    public boolean changes(CredentialState state) {
        return from.contains(state);
    }
}
