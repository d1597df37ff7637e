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
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Fetches what issuers and authorization servers publish, and believes it only of themselves.
final class Metadata {
    private final Handler transport;

    Metadata(Handler transport) {
        this.transport = transport;
    }

    CredentialOffer offer(CredentialOfferUri link) {
        return switch (link) {
            case CredentialOfferUri.ByValue(var offer) -> offer;
            case CredentialOfferUri.ByReference(var address) ->
                fetch("the credential offer", address, CredentialOffer::read);
        };
    }

    CredentialIssuerMetadata issuer(URI identifier) {
        Identifiers.require("credential_issuer", identifier);
        var metadata = fetch(
                "the Credential Issuer Metadata",
                WellKnown.address(identifier, CredentialIssuerMetadata.WELL_KNOWN),
                CredentialIssuerMetadata::read);
        requireSame("credential_issuer", metadata.credentialIssuer(), identifier); // §12.2.4
        return metadata;
    }

    /// The authorization server for a grant: the one the offer names, else the first that takes it (§12.2.4).
    AuthorizationServerMetadata authorizationServer(
            CredentialIssuerMetadata issuer, Optional<URI> named, String grantType) {
        var servers = issuer.effectiveAuthorizationServers();
        if (named.filter(server -> !servers.contains(server)).isPresent()) {
            throw new WalletException("the offer names an authorization server that the issuer's metadata does not");
        }
        for (var server : named.map(List::of).orElse(servers)) {
            var metadata = authorizationServer(server);
            if (metadata.supportsGrant(grantType)) {
                return metadata;
            }
        }
        throw new WalletException("no authorization server of this issuer takes the grant " + grantType);
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
