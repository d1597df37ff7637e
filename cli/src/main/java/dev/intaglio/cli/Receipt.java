package dev.intaglio.cli;

import dev.intaglio.cli.text.ClaimSheet;
import dev.intaglio.cli.text.Language;
import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialDisplay;
import dev.intaglio.protocol.metadata.IssuerDisplay;
import dev.intaglio.wallet.ReceivedCredential;
import dev.intaglio.wallet.ResolvedOffer;
import java.util.ArrayList;
import java.util.Locale;

/// Says what an offer holds and what came of it, in the words of the issuer's metadata.
final class Receipt {
    private final ResolvedOffer offer;
    private final TrustAnchors anchors;
    private final Terminal terminal;

    Receipt(ResolvedOffer offer, TrustAnchors anchors, Terminal terminal) {
        this.offer = offer;
        this.anchors = anchors;
        this.terminal = terminal;
    }

    /// Who offers what.
    Tree offered() {
        var parts = new ArrayList<Tree>();
        parts.add(Tree.of("from", issuer(offer, terminal.locale())));
        offer.configurations()
                .forEach((id, configuration) -> parts.add(Tree.of(
                        "credential",
                        name(id, configuration, terminal.locale()) + " (" + id + ", " + configuration.format() + ")")));
        parts.add(Tree.of(
                "needs",
                offer.needsBrowser()
                        ? "you to sign in at the issuer"
                        : offer.txCode().isPresent()
                                ? "a transaction code, which the issuer gives you apart"
                                : "no transaction code"));
        return new Tree("Offer", "", parts);
    }

    /// The claims, and how far they can be relied on.
    Tree received(ReceivedCredential credential) {
        var configuration = configuration(credential);
        var claims = new ClaimSheet(configuration.claims(), terminal.locale())
                .of(credential.verified().claims());
        return new Tree(name(credential.configurationId(), configuration, terminal.locale()), "", claims);
    }

    Tree facts(ReceivedCredential credential) {
        var verified = credential.verified();
        var now = terminal.clock().instant();
        var parts = new ArrayList<Tree>();
        parts.add(Tree.of(
                "format",
                format(credential) + ", " + Times.plural(text(credential).length(), "character")));
        parts.add(Tree.of("type", verified.type()));
        parts.add(Tree.of(
                "signed by",
                verified.chain().isEmpty()
                        ? "a key known beforehand"
                        : verified.chain().getFirst().getSubjectX500Principal().getName()));
        if (anchors.check(verified.chain(), now) instanceof TrustAnchors.Trusted(var anchor)) {
            parts.add(Tree.of("vouched for by", anchor.getSubjectX500Principal().getName()));
        }
        parts.add(Tree.of(
                "bound to",
                verified.holderKey()
                        .map(key -> "the wallet's key " + DpopProof.thumbprint(key))
                        .orElse("no key: whoever has it can show it")));
        parts.add(Tree.of(
                "valid",
                verified.expires().map(time -> "until " + Times.at(time, now)).orElse("without end")));
        verified.status().ifPresent(status -> parts.add(Tree.of("status", status.place() + " of " + status.uri())));
        return new Tree("Facts", "", parts);
    }

    /// A JWT does not tell whether it was issued as `jwt_vc_json` or `jwt_vc_json-ld`; what it was asked for by does.
    private String format(ReceivedCredential credential) {
        var told = credential.verified().format();
        var asked = configuration(credential).format();
        return asked.startsWith(told) ? asked : told;
    }

    JsonObject json(ReceivedCredential credential) {
        var verified = credential.verified();
        return JsonObject.builder()
                .put("credential", credential.value())
                .put("format", format(credential))
                .put(verified.format().endsWith("sd-jwt") ? "vct" : "type", verified.type())
                .putIf("holder_key_thumbprint", verified.holderKey().map(DpopProof::thumbprint))
                .put("verified", true)
                .put("issuer", offer.issuer().credentialIssuer().toString())
                .put("configuration_id", credential.configurationId())
                .putIf("expires_at", verified.expires().map(Object::toString))
                .put("claims", verified.claims())
                .build();
    }

    /// The credential as it would be stored or shown.
    static String text(ReceivedCredential credential) {
        return credential.value() instanceof String text ? text : Json.writeString(credential.value());
    }

    private CredentialConfiguration configuration(ReceivedCredential credential) {
        var configuration = offer.configurations().get(credential.configurationId());
        if (configuration == null) {
            throw new IllegalStateException("a credential of " + credential.configurationId() + " was not offered");
        }
        return configuration;
    }

    private static String issuer(ResolvedOffer offer, Locale locale) {
        var identifier = offer.issuer().credentialIssuer().toString();
        return Language.choose(offer.issuer().display(), locale, IssuerDisplay::locale)
                .flatMap(IssuerDisplay::name)
                .map(name -> name + " (" + identifier + ")")
                .orElse(identifier);
    }

    static String name(String id, CredentialConfiguration configuration, Locale locale) {
        return Language.choose(configuration.display(), locale, CredentialDisplay::locale)
                .map(CredentialDisplay::name)
                .orElse(id);
    }
}
