package dev.intaglio.cli.inspect;

import dev.intaglio.cli.inspect.Inspected.Verdict;
import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.credential.mdoc.MdocContents;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;

/// Mobile documents as issuers hand them out: the elements by namespace, and what the issuer signed about them.
final class MdocInspection {
    static final String KIND = "mdoc";

    private final Judge judge;
    private final Instant now;

    MdocInspection(Judge judge, Instant now) {
        this.judge = judge;
        this.now = now;
    }

    /// Whether a text may be one: base64url of a CBOR map.
    static boolean maybe(String text) {
        return text.startsWith("o") && text.length() > 200 && text.matches("[A-Za-z0-9_-]+");
    }

    /// @throws IllegalArgumentException if it is none
    Inspected inspect(String text) {
        var mdoc = MdocContents.read(text);
        var signature = judge.of(text);
        var parts = new ArrayList<Tree>();
        parts.add(Tree.of("type", mdoc.docType()));
        parts.add(Tree.of(
                "validity",
                "from " + Times.at(mdoc.validFrom(), now)
                        + (mdoc.validUntil().isAfter(now) ? " until " : ", EXPIRED since ")
                        + Times.at(mdoc.validUntil(), now)));
        parts.add(Tree.of(
                "holder", Keys.describe(mdoc.holderKey()) + ", thumbprint " + DpopProof.thumbprint(mdoc.holderKey())));
        mdoc.status().ifPresent(status -> parts.add(Tree.of("status", status.place() + " of " + status.uri())));
        parts.add(new Tree(
                "elements", "each of which the holder may keep back", new JsonTree(now).members(mdoc.elements())));
        parts.add(Tree.of(
                "hidden",
                mdoc.hidden() == 0 ? "nothing" : Times.plural(mdoc.hidden(), "digest") + " without their elements"));
        parts.add(new Tree("signer", mdoc.algorithm().name(), new Certificates(now).parts(mdoc.chain())));
        parts.add(Tree.of("signature", signature.text()));
        var details = JsonObject.builder()
                .put("kind", KIND)
                .put("doctype", mdoc.docType())
                .put("elements", mdoc.elements())
                .put("hidden_digests", mdoc.hidden())
                .put("algorithm", mdoc.algorithm().number())
                .put("valid_from", mdoc.validFrom().toString())
                .put("valid_until", mdoc.validUntil().toString())
                .put("holder_key_thumbprint", DpopProof.thumbprint(mdoc.holderKey()))
                .put("signature", signature.text())
                .put("verified", signature.verdict() == Verdict.VERIFIED)
                .build();
        return new Inspected(
                KIND,
                new Tree("mdoc (ISO/IEC 18013-5)", Times.plural(text.length(), "character"), parts),
                details,
                signature.verdict());
    }
}
