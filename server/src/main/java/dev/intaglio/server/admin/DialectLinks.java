package dev.intaglio.server.admin;

import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.issuer.spi.Dialects;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import java.util.Optional;

/// The links of an offer for wallets that speak another dialect: the same offer, found below another identifier.
record DialectLinks(Dialects dialects) {
    /// By the name of the dialect; empty if none is spoken.
    Optional<JsonObject> of(CreatedOffer created) {
        var path = created.reference().getRawPath();
        var reference = path.substring(path.lastIndexOf('/') + 1);
        var links = JsonObject.builder();
        for (var place : dialects.places()) {
            var identifier = place.identifier();
            var address = identifier.resolve(WellKnown.basePath(identifier) + "/offers/" + reference);
            links.put(place.dialect(), new CredentialOfferUri.ByReference(address).link(created.endpoint()));
        }
        return Optional.of(links.build()).filter(made -> !made.members().isEmpty());
    }
}
