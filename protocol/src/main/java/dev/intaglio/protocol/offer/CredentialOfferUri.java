package dev.intaglio.protocol.offer;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.metadata.Identifiers;
import java.net.URI;

/// The link that carries a Credential Offer to a wallet, by value or by reference (§4.1). It opens the wallet on the same
/// device, or is scanned as a QR code from another.
public sealed interface CredentialOfferUri {
    /// The scheme for wallets whose credential offer endpoint is not known (§12.1.1).
    String DEFAULT_ENDPOINT = "openid-credential-offer://";

    /// The offer itself is in the link (§4.1.2).
    record ByValue(CredentialOffer offer) implements CredentialOfferUri {}

    /// The link says where the offer is (§4.1.3).
    record ByReference(URI address) implements CredentialOfferUri {
        public ByReference {
            Identifiers.requireAddress("credential_offer_uri", address);
        }

        /// Without the address: who has it has the offer.
        @Override
        public String toString() {
            return "ByReference[" + address.getHost() + "]";
        }
    }

    /// Reads a link of any scheme: `openid-credential-offer:`, `haip-vci:`, a wallet's own `https:` endpoint.
    ///
    /// @throws IllegalArgumentException unless it has exactly one of `credential_offer` and `credential_offer_uri`
    static CredentialOfferUri read(String link) {
        var question = link.indexOf('?');
        if (question < 0) {
            throw new IllegalArgumentException(
                    "expected a credential offer link such as openid-credential-offer://?credential_offer=...");
        }
        var query = Form.read(link.substring(question + 1));
        var value = query.value("credential_offer");
        var reference = query.value("credential_offer_uri");
        if (value.isPresent() == reference.isPresent()) {
            throw new IllegalArgumentException(
                    "a credential offer link has exactly one of credential_offer and credential_offer_uri");
        }
        return value.<CredentialOfferUri>map(
                        offer -> new ByValue(Json.readObject(offer).read(CredentialOffer::read)))
                .orElseGet(() -> new ByReference(URI.create(reference.orElseThrow())));
    }

    /// The link for wallets whose endpoint is not known.
    default String link() {
        return link(DEFAULT_ENDPOINT);
    }

    /// The link for a wallet's credential offer endpoint.
    ///
    /// @param endpoint may be a bare scheme, such as `haip-vci://`
    default String link(String endpoint) {
        var query = switch (this) {
            case ByValue(var offer) ->
                Form.empty().with("credential_offer", offer.write().text());
            case ByReference(var address) -> Form.empty().with("credential_offer_uri", address.toString());
        };
        return endpoint + (endpoint.contains("?") ? "&" : "?") + query.encoded();
    }
}
