package dev.intaglio.cli.inspect;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.offer.Grants;
import dev.intaglio.protocol.offer.TxCode;
import java.util.ArrayList;

/// Credential offers, as links and as the JSON behind them.
final class OfferInspection {
    static final String KIND = "credential-offer";

    private OfferInspection() {}

    /// @throws IllegalArgumentException if it is not what the standard says
    static Inspected link(String link) {
        return switch (CredentialOfferUri.read(link)) {
            case CredentialOfferUri.ByValue(var offer) -> offer(offer, "Credential offer, in the link itself");
            case CredentialOfferUri.ByReference(var address) ->
                Inspected.of(
                        KIND,
                        Tree.of(
                                "Credential offer, by reference",
                                "",
                                Tree.of("fetched from", address.toString()),
                                Tree.of("to take it", "intaglio receive '" + link + "'")),
                        JsonObject.builder()
                                .put("kind", KIND)
                                .put("credential_offer_uri", address.toString())
                                .build());
        };
    }

    /// @throws IllegalArgumentException if it is not what the standard says
    static Inspected json(JsonObject json) {
        return offer(json.read(CredentialOffer::read), "Credential offer");
    }

    private static Inspected offer(CredentialOffer offer, String name) {
        var parts = new ArrayList<Tree>();
        parts.add(Tree.of("issuer", offer.credentialIssuer().toString()));
        offer.configurationIds().forEach(id -> parts.add(Tree.of("offers", id)));
        offer.grants().preAuthorizedCode().ifPresent(grant -> parts.add(preAuthorized(grant)));
        offer.grants()
                .authorizationCode()
                .ifPresent(grant -> parts.add(Tree.of(
                        "grant",
                        "authorization code: the user logs in at the issuer"
                                + grant.issuerState()
                                        .map(state -> ", issuer_state " + state)
                                        .orElse(""))));
        if (offer.grants().preAuthorizedCode().isEmpty()
                && offer.grants().authorizationCode().isEmpty()) {
            parts.add(Tree.of("grant", "none named; the authorization server's metadata decides"));
        }
        var details = JsonObject.builder()
                .put("kind", KIND)
                .put("credential_offer", offer.write())
                .build();
        return Inspected.of(KIND, new Tree(name, "", parts), details);
    }

    private static Tree preAuthorized(Grants.PreAuthorizedCode grant) {
        var tree = Tree.of(
                "grant",
                "pre-authorized code: whoever has this offer first can take it"
                        + (grant.txCode().isPresent() ? ", with the transaction code" : ""),
                Tree.of("code", grant.code()),
                Tree.of(
                        "transaction code",
                        grant.txCode().map(OfferInspection::asked).orElse("none needed")));
        return grant.authorizationServer()
                .map(server -> tree.and(Tree.of("authorization server", server.toString())))
                .orElse(tree);
    }

    private static String asked(TxCode txCode) {
        var kind = txCode.inputMode() == TxCode.InputMode.NUMERIC ? "digits" : "characters";
        var length = txCode.length().isPresent() ? txCode.length().getAsInt() + " " + kind : "some " + kind;
        return length + txCode.description().map(text -> ": " + text).orElse("");
    }
}
