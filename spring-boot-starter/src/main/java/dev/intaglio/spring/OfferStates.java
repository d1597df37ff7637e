package dev.intaglio.spring;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.store.OfferedAuthorization;
import dev.intaglio.issuer.spi.IssuerStates;
import java.util.Optional;

/// The `issuer_state` of offers, made by our own authorization server. Issuer and server do not know each other; they meet
/// here.
final class OfferStates implements IssuerStates {
    private final AuthorizationServer authorization;

    OfferStates(AuthorizationServer authorization) {
        this.authorization = authorization;
    }

    @Override
    public Optional<String> create(Wanted wanted) {
        return Optional.of(authorization.offer(
                wanted.offer(),
                new OfferedAuthorization(wanted.subject(), wanted.configurationIds(), wanted.singleUse()),
                wanted.validity()));
    }

    @Override
    public boolean pending(String issuerState) {
        return authorization.offered(issuerState);
    }
}
