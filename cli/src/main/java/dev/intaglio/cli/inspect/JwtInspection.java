package dev.intaglio.cli.inspect;

import dev.intaglio.cli.inspect.Inspected.Verdict;
import dev.intaglio.cli.text.Printable;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// JWTs: key proofs, DPoP proofs, access tokens and any other.
final class JwtInspection {
    /// By `typ`: the word for machines, the name for people.
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("openid4vci-proof+jwt", new Kind("key-proof", "Key proof (OpenID4VCI, App. F.1)")),
            Map.entry("dpop+jwt", new Kind("dpop-proof", "DPoP proof (RFC 9449)")),
            Map.entry("at+jwt", new Kind("access-token", "Access token (RFC 9068)")),
            Map.entry("kb+jwt", new Kind("key-binding", "Key Binding JWT (RFC 9901)")),
            Map.entry("dc+sd-jwt", new Kind("sd-jwt-vc", "SD-JWT VC without its disclosures")),
            Map.entry("vc+sd-jwt", new Kind("sd-jwt-vc", "SD-JWT VC without its disclosures")),
            Map.entry("key-attestation+jwt", new Kind("key-attestation", "Key attestation (OpenID4VCI, App. D)")),
            Map.entry("oauth-client-attestation+jwt", new Kind("client-attestation", "Client attestation")),
            Map.entry(
                    "oauth-client-attestation-pop+jwt",
                    new Kind("client-attestation-pop", "Client attestation's proof of possession")),
            Map.entry(
                    "openidvci-issuer-metadata+jwt",
                    new Kind("signed-metadata", "Signed issuer metadata (OpenID4VCI, §12.2.3)")),
            Map.entry("statuslist+jwt", new Kind("status-list", "Status list (Token Status List)")));

    private static final Kind ANY = new Kind("jwt", "JWT");
    private static final Kind CREDENTIAL = new Kind("w3c-vc", "W3C Verifiable Credential as JWT");

    private final Optional<TrustAnchors> anchors;
    private final Instant now;
    private final Judge judge;

    JwtInspection(Optional<TrustAnchors> anchors, Judge judge, Instant now) {
        this.anchors = anchors;
        this.now = now;
        this.judge = judge;
    }

    private record Kind(String word, String name) {}

    /// What is to be said of a signature.
    record Signature(String text, Verdict verdict) {}

    /// @throws JsonException if it is no JWT
    Inspected inspect(String compact) {
        var jwt = LooseJwt.parse(compact);
        var credential =
                jwt.type().filter("vc+jwt"::equals).isPresent() || jwt.claims().has("vc");
        var kind = credential
                ? CREDENTIAL
                : jwt.type()
                        .map(type -> KINDS.getOrDefault(type.toLowerCase(Locale.ROOT), ANY))
                        .orElse(ANY);
        var signature = credential && anchors.isPresent() ? judge.of(compact) : signature(jwt);
        var parts = new ArrayList<Tree>();
        parts.add(header(jwt));
        parts.add(new Tree(
                "payload", jwt.claims().members().isEmpty() ? "{}" : "", new JsonTree(now).members(jwt.claims())));
        parts.add(Tree.of("signature", signature.text()));
        var details = JsonObject.builder()
                .put("kind", kind.word())
                .put("header", jwt.header())
                .put("claims", jwt.claims())
                .put("signature", signature.text())
                .put("verified", signature.verdict() == Verdict.VERIFIED)
                .build();
        return new Inspected(kind.word(), new Tree(kind.name(), "", parts), details, signature.verdict());
    }

    Tree header(LooseJwt jwt) {
        var parts = new ArrayList<Tree>();
        for (var name : jwt.header().members().keySet()) {
            var value = jwt.header().members().get(name);
            if (name.equals("jwk") && value instanceof Map<?, ?> members) {
                parts.add(Keys.tree(name, JsonObject.of(members)));
            } else {
                parts.add(name.equals("x5c") ? chain(jwt.header()) : new JsonTree(now).value(name, value));
            }
        }
        return new Tree("header", "", parts);
    }

    private Tree chain(JsonObject header) {
        try {
            return new Tree("x5c", "", new Certificates(now).parts(certificates(header)));
        } catch (RuntimeException unreadable) {
            return Tree.of("x5c", "cannot be read: " + Printable.line(String.valueOf(unreadable.getMessage()), 120));
        }
    }

    /// Whether the signature is by the key that the JWT itself names, and whose that is if somebody is trusted.
    Signature signature(LooseJwt jwt) {
        if (!jwt.signed()) {
            return new Signature("there is none; anybody can have written this", asked());
        }
        var strict = jwt.strict();
        if (strict.isEmpty()) {
            return new Signature("by " + jwt.algorithm() + ", which is not verified here", asked());
        }
        try {
            return signature(strict.get());
        } catch (RuntimeException unreadable) {
            // Certificates are parsed late, and a hostile one may break the parser instead of being refused by it.
            var reason = Printable.line(String.valueOf(unreadable.getMessage()), 120);
            return new Signature("the key it names cannot be read: " + reason, asked());
        }
    }

    private Signature signature(SignedJwt jwt) {
        if (jwt.headerChain().isPresent()) {
            var chain = certificates(jwt.header());
            var leaf = Certificates.subject(chain.getFirst());
            if (!jwt.verifies(X5c.publicJwk(chain.getFirst()))) {
                return new Signature("WRONG: not by the certificate of " + leaf, Verdict.REJECTED);
            }
            return trusted(chain, "by the certificate of " + leaf);
        }
        var key = jwt.headerKey();
        if (key.isPresent()) {
            return jwt.verifies(key.get())
                    ? new Signature("by the key in its header, which anybody can have made", asked())
                    : new Signature("WRONG: not by the key in its header", Verdict.REJECTED);
        }
        return new Signature("by " + jwt.algorithm() + "; the key is not in it, so nothing was checked", asked());
    }

    private Signature trusted(List<X509Certificate> chain, String by) {
        if (anchors.isEmpty()) {
            return new Signature(by + "; whether that is somebody trusted was not asked (--trust)", Verdict.UNASKED);
        }
        return switch (anchors.get().check(chain, now)) {
            case TrustAnchors.Trusted(var anchor) ->
                new Signature(by + ", vouched for by " + Certificates.subject(anchor), Verdict.VERIFIED);
            case TrustAnchors.Untrusted(var reason) ->
                new Signature(by + ", which is NOT TRUSTED: " + reason, Verdict.REJECTED);
        };
    }

    /// With trust anchors given, what leads to none of them is not to be relied on.
    private Verdict asked() {
        return anchors.isPresent() ? Verdict.REJECTED : Verdict.UNASKED;
    }

    static List<X509Certificate> certificates(JsonObject header) {
        return X5c.parse(header.strings("x5c"));
    }
}
