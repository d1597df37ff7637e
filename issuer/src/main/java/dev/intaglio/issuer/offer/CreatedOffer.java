package dev.intaglio.issuer.offer;

import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// An offer and the ways to hand it out.
///
/// @param endpoint what its links begin with, such as `openid-credential-offer://`
/// @param reference where the wallet fetches it
/// @param pageId opens the offer's page, which also shows the Transaction Code: for the issuer's staff, not for the wallet
/// @param id names the offer for as long as anything is known that came of it; opens nothing
/// @param txCode what the user is to enter; give it to them by another way than the offer
public record CreatedOffer(
        CredentialOffer offer,
        String endpoint,
        URI reference,
        String pageId,
        Optional<String> txCode,
        Instant expiresAt,
        String id) {
    /// The link that carries the offer itself.
    public String linkByValue() {
        return new CredentialOfferUri.ByValue(offer).link(endpoint);
    }

    /// The link that says where the offer is; short enough for any QR code.
    public String linkByReference() {
        return new CredentialOfferUri.ByReference(reference).link(endpoint);
    }

    /// Code and references are secrets.
    @Override
    public String toString() {
        return "CreatedOffer[" + offer.configurationIds() + ", expiresAt=" + expiresAt + "]";
    }
}
