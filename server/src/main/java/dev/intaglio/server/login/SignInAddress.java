package dev.intaglio.server.login;

import dev.intaglio.spring.IssuerIdentifier;
import java.net.URI;
import java.util.Optional;

/// Where the pages of an interaction are.
final class SignInAddress {
    static final String PATH = "/login";

    private final IssuerIdentifier issuer;

    SignInAddress(IssuerIdentifier issuer) {
        this.issuer = issuer;
    }

    URI of(String interaction) {
        return URI.create(base() + interaction);
    }

    /// The interaction whose page has this address.
    Optional<String> interaction(String address) {
        return address.startsWith(base()) ? Optional.of(address.substring(base().length())) : Optional.empty();
    }

    /// Where all pages are.
    String path() {
        return issuer.basePath() + PATH;
    }

    /// Where an OpenID Provider sends browsers back; to be registered there.
    String callback(String registration) {
        return base() + "oauth2/code/" + registration;
    }

    private String base() {
        return issuer.origin() + issuer.basePath() + PATH + "/";
    }
}
