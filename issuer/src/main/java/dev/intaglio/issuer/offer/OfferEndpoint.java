package dev.intaglio.issuer.offer;

import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.Refusal;

/// Serves offers by reference (§4.1.3).
public final class OfferEndpoint implements Handler {
    private final CredentialOffers offers;

    public OfferEndpoint(CredentialOffers offers) {
        this.offers = offers;
    }

    @Override
    public Response handle(Request request) {
        var path = request.uri().getRawPath();
        return offers.find(path.substring(path.lastIndexOf('/') + 1))
                .map(offer -> Response.json(200, offer.write()).noStore())
                .orElseThrow(() -> Refusal.of(
                        "not_found", 404, "there is no such offer: it was redeemed, it expired, or it never was"));
    }
}
