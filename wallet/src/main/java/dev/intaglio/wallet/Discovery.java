package dev.intaglio.wallet;

import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.metadata.Identifiers;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.offer.Grants;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Finds out what an offer leads to: fetches what issuers and authorization servers publish, and believes it only of
/// themselves.
final class Discovery {
    private final Handler transport;
    private final Settings settings;

    Discovery(Handler transport, Settings settings) {
        this.transport = transport;
        this.settings = settings;
    }

    /// What an offer's link leads to.
    ResolvedOffer resolve(CredentialOfferUri link) {
        return resolve(
                switch (link) {
                    case CredentialOfferUri.ByValue(var offer) -> offer;
                    case CredentialOfferUri.ByReference(var address) ->
                        fetch("the credential offer", address, CredentialOffer::read);
                });
    }

    ResolvedOffer resolve(CredentialOffer offer) {
        var issuer = issuer(offer.credentialIssuer()); // §12.2
        var unknown = offer.configurationIds().stream()
                .filter(id -> !issuer.configurations().containsKey(id))
                .findFirst();
        if (unknown.isPresent()) {
            throw new WalletException("the offer names " + unknown.get() + ", which the issuer's metadata does not");
        }
        var chosen = choose(offer.grants(), issuer);
        return new ResolvedOffer(offer, issuer, chosen.server(), chosen.grantType());
    }

    /// What was resolved before, for a flow that goes on at the same authorization server.
    ResolvedOffer again(URI issuerIdentifier, List<String> configurationIds, URI server) {
        var offer = new CredentialOffer(issuerIdentifier, configurationIds, Grants.none());
        var issuer = issuer(issuerIdentifier);
        if (!issuer.effectiveAuthorizationServers().contains(server)) {
            throw new WalletException(
                    issuerIdentifier + " does not name the authorization server " + server + " any more");
        }
        return new ResolvedOffer(offer, issuer, authorizationServer(server), Grant.AUTHORIZATION_CODE);
    }

    private record Choice(AuthorizationServerMetadata server, String grantType) {}

    /// A grant and the authorization server for it. A pre-authorized code needs no browser, so it goes first; HAIP knows the
    /// other flow alone. An offer without grants leaves the authorization code (§4.1.1).
    private Choice choose(Grants grants, CredentialIssuerMetadata issuer) {
        var choices = new ArrayList<Function<CredentialIssuerMetadata, Optional<Choice>>>();
        grants.preAuthorizedCode()
                .ifPresent(
                        grant -> choices.add(at -> choice(at, grant.authorizationServer(), Grant.PRE_AUTHORIZED_CODE)));
        var byCode = grants.authorizationCode()
                .or(() -> grants.preAuthorizedCode().isPresent()
                        ? Optional.empty()
                        : Optional.of(new Grants.AuthorizationCode(Optional.empty(), Optional.empty())));
        byCode.ifPresent(grant -> choices.add(
                settings.highAssurance() ? 0 : choices.size(),
                at -> choice(at, grant.authorizationServer(), Grant.AUTHORIZATION_CODE)));
        return choices.stream()
                .flatMap(choice -> choice.apply(issuer).stream())
                .findFirst()
                .orElseThrow(() -> new WalletException(
                        "no authorization server of this issuer takes a grant that the offer and this wallet know"));
    }

    private Optional<Choice> choice(CredentialIssuerMetadata issuer, Optional<URI> named, String grantType) {
        return authorizationServer(issuer, named, grantType).map(server -> new Choice(server, grantType));
    }

    /// The authorization server for a grant: the one that is named, else the first that takes it (§12.2.4).
    private Optional<AuthorizationServerMetadata> authorizationServer(
            CredentialIssuerMetadata issuer, Optional<URI> named, String grantType) {
        var servers = issuer.effectiveAuthorizationServers();
        if (named.filter(server -> !servers.contains(server)).isPresent()) {
            throw new WalletException("the offer names an authorization server that the issuer's metadata does not");
        }
        return named.map(List::of).orElse(servers).stream()
                .map(this::authorizationServer)
                .filter(metadata -> metadata.supportsGrant(grantType))
                .findFirst();
    }

    private CredentialIssuerMetadata issuer(URI identifier) {
        Identifiers.require("credential_issuer", identifier);
        var metadata = fetch(
                "the Credential Issuer Metadata",
                WellKnown.address(identifier, CredentialIssuerMetadata.WELL_KNOWN),
                CredentialIssuerMetadata::read);
        requireSame("credential_issuer", metadata.credentialIssuer(), identifier); // §12.2.4
        return metadata;
    }

    private AuthorizationServerMetadata authorizationServer(URI identifier) {
        var metadata = fetch(
                "the Authorization Server Metadata",
                WellKnown.address(identifier, AuthorizationServerMetadata.WELL_KNOWN),
                AuthorizationServerMetadata::read);
        requireSame("issuer", metadata.issuer(), identifier); // RFC 8414 §3.3
        return metadata;
    }

    private <T> T fetch(String what, URI address, Function<JsonObject, T> reader) {
        Response response;
        try {
            response = transport.handle(Request.get(address).with("Accept", "application/json"));
        } catch (UncheckedIOException unreachable) {
            throw new WalletException(
                    what + " at " + address + " cannot be fetched: " + unreachable.getMessage(), unreachable);
        }
        if (response.status() == 404 || response.status() == 410) {
            throw new WalletException(what + " at " + address + " is not there (" + response.status() + ")");
        }
        if (response.status() != 200) {
            throw new WalletException(what + " at " + address + " answers " + response.status());
        }
        if (!response.mediaType().equals("application/json")) {
            throw new WalletException(what + " at " + address + " is not application/json");
        }
        try {
            return response.bodyObject().read(reader);
        } catch (JsonException malformed) {
            throw new WalletException(
                    what + " at " + address + " is not what the standard says: " + malformed.getMessage(), malformed);
        }
    }

    private static void requireSame(String member, URI claimed, URI expected) {
        if (!claimed.toString().equals(expected.toString())) {
            throw new WalletException("the metadata's " + member + " is " + claimed + ", not " + expected
                    + " whose metadata it should be");
        }
    }
}
