package dev.intaglio.spring;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.issuer.spi.PreAuthorizedCodes;

/// The codes of offers, made by our own authorization server. Issuer and server do not know each other; they meet here.
final class OfferCodes implements PreAuthorizedCodes {
    private final AuthorizationServer authorization;

    OfferCodes(AuthorizationServer authorization) {
        this.authorization = authorization;
    }

    @Override
    public Made create(Wanted wanted) {
        var made = authorization.preAuthorize(
                wanted.offer(), wanted.subject(), wanted.configurationIds(), wanted.txCode(), wanted.validity());
        return new Made(made.code(), made.txCode(), made.authorizationId());
    }

    @Override
    public boolean pending(String code) {
        return authorization.pending(code);
    }
}
