package dev.intaglio.issuer.offer;

import java.util.Optional;

/// What ties together the authorizations that come of one offer, its pre-authorized code and every sign-in it leads to: their
/// names begin with that of the offer, and a dot.
public final class OfferNames {
    private OfferNames() {}

    /// The offer an authorization came of, if it came of one.
    public static Optional<String> of(String authorizationId) {
        var dot = authorizationId.indexOf('.');
        return dot < 1 ? Optional.empty() : Optional.of(authorizationId.substring(0, dot));
    }
}
