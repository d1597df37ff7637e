package dev.intaglio.cli.inspect;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.cli.inspect.Inspected.Verdict;
import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.credential.sdjwtvc.Disclosure;
import dev.intaglio.credential.sdjwtvc.ProcessedPayload;
import dev.intaglio.credential.sdjwtvc.SdJwt;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// SD-JWTs and the credentials in them: the claims with their disclosures in place, and which of them the holder may keep.
final class SdJwtInspection {
    static final String KIND = "sd-jwt-vc";

    private final Optional<TrustAnchors> anchors;
    private final Instant now;
    private final JwtInspection jwts;
    private final Judge judge;

    SdJwtInspection(Optional<TrustAnchors> anchors, JwtInspection jwts, Judge judge, Instant now) {
        this.anchors = anchors;
        this.now = now;
        this.jwts = jwts;
        this.judge = judge;
    }

    /// @throws IllegalArgumentException if not even its JWT can be read
    Inspected inspect(String compact) {
        var jwt = LooseJwt.parse(compact.substring(0, compact.indexOf('~')));
        try {
            var credential = SdJwt.parse(compact);
            return whole(credential, jwt, credential.process());
        } catch (IllegalArgumentException broken) {
            return broken(compact, jwt, String.valueOf(broken.getMessage()));
        }
    }

    private Inspected whole(SdJwt credential, LooseJwt jwt, ProcessedPayload payload) {
        var claims = payload.claims();
        var signature = judge(credential, jwt);
        var hidden = digests(jwt.claims().members())
                + credential.disclosures().stream()
                        .mapToInt(one -> digests(one.value()))
                        .sum()
                - credential.disclosures().size();
        var parts = new ArrayList<Tree>();
        parts.add(jwts.header(jwt));
        var holder = holderKey(claims);
        parts.add(Tree.of("type", text(claims, "vct").or(() -> w3cType(claims)).orElse("(no vct)")));
        parts.add(Tree.of("validity", validity(claims)));
        parts.add(Tree.of(
                "holder",
                holder.map(key -> Keys.describe(key) + ", thumbprint " + DpopProof.thumbprint(key))
                        .orElse("bound to no key: whoever has it can show it")));
        status(claims).ifPresent(text -> parts.add(Tree.of("status", text)));
        parts.add(new Tree(
                "claims",
                Times.plural(credential.disclosures().size(), "disclosure") + "; " + JsonTree.SELECTIVE
                        + "marks what the holder may keep back",
                new JsonTree(now, place(credential, payload)).members(claims)));
        parts.add(Tree.of(
                "hidden",
                hidden == 0
                        ? "nothing"
                        : Times.plural(hidden, "digest") + " without disclosure: decoys, or claims kept back"));
        credential.keyBindingJwt().ifPresent(binding -> parts.add(keyBinding(binding)));
        parts.add(Tree.of("signature", signature.text()));
        var details = JsonObject.builder()
                .put("kind", KIND)
                .put("header", jwt.header())
                .putIf("vct", text(claims, "vct"))
                .put("claims", claims)
                .putUnlessEmpty(
                        "selectively_disclosable",
                        payload.disclosed().keySet().stream()
                                .map(Object::toString)
                                .sorted()
                                .toList())
                .put("disclosures", credential.disclosures().size())
                .put("hidden_digests", hidden)
                .putIf("holder_key_thumbprint", holder.map(DpopProof::thumbprint))
                .put("signature", signature.text())
                .put("verified", signature.verdict() == Verdict.VERIFIED)
                .build();
        return new Inspected(
                KIND, new Tree(name(jwt), size(credential.compact()), parts), details, signature.verdict());
    }

    /// Says what can be said of the parts.
    private Inspected broken(String compact, LooseJwt jwt, String reason) {
        var parts = new ArrayList<Tree>();
        parts.add(jwts.header(jwt));
        parts.add(new Tree("payload", "", new JsonTree(now).members(jwt.claims())));
        var rest = compact.substring(compact.indexOf('~') + 1).split("~", -1);
        for (var i = 0; i < rest.length && i < 100; i++) {
            if (!rest[i].isEmpty()) {
                parts.add(part("part " + (i + 1), rest[i]));
            }
        }
        parts.add(Tree.of("BROKEN", reason));
        var details = JsonObject.builder()
                .put("kind", KIND)
                .put("header", jwt.header())
                .put("payload", jwt.claims())
                .put("broken", reason)
                .put("verified", false)
                .build();
        return new Inspected(KIND, new Tree(name(jwt), size(compact), parts), details, Verdict.REJECTED);
    }

    private Tree part(String label, String text) {
        try {
            return disclosure(label, Disclosure.parse(text));
        } catch (IllegalArgumentException other) {
            return Tree.of(label, "neither a disclosure nor a Key Binding JWT in its place: " + other.getMessage());
        }
    }

    private Tree disclosure(String label, Disclosure disclosure) {
        return Tree.of(
                label,
                "disclosure of "
                        + disclosure.name().map(name -> "the claim " + name).orElse("an array's element"),
                new JsonTree(now).value("value", disclosure.value()));
    }

    /// A disclosure by itself.
    Inspected alone(String encoded) {
        var disclosure = Disclosure.parse(encoded);
        var details = JsonObject.builder()
                .put("kind", "disclosure")
                .put("salt", disclosure.salt())
                .putIf("name", disclosure.name())
                .build()
                .with("value", disclosure.value());
        return Inspected.of("disclosure", disclosure("SD-JWT", disclosure), details);
    }

    /// Which claims came by disclosure, and in what order; digests are sorted, which says nothing.
    private static ToIntFunction<ClaimsPath> place(SdJwt credential, ProcessedPayload payload) {
        var places = new IdentityHashMap<Disclosure, Integer>();
        credential.disclosures().forEach(disclosure -> places.put(disclosure, places.size()));
        return path -> {
            var disclosure = payload.disclosed().get(path);
            return disclosure == null ? JsonTree.NOT_SELECTIVE : places.getOrDefault(disclosure, places.size());
        };
    }

    private JwtInspection.Signature judge(SdJwt credential, LooseJwt jwt) {
        var signature = jwts.signature(jwt);
        if (anchors.isEmpty() || credential.keyBindingJwt().isPresent()) {
            return signature;
        }
        return judge.of(credential.compact());
    }

    private Tree keyBinding(String compact) {
        try {
            var jwt = LooseJwt.parse(compact);
            return new Tree("key binding", "shown by the holder to", new JsonTree(now).members(jwt.claims()));
        } catch (IllegalArgumentException malformed) {
            return Tree.of("key binding", "cannot be read: " + malformed.getMessage());
        }
    }

    private String validity(JsonObject claims) {
        var from = time(claims, "nbf").or(() -> time(claims, "iat"));
        var until = time(claims, "exp");
        var begins = from.map(time -> "from " + Times.at(time, now)).orElse("from the beginning of time");
        var ends = until.map(time -> (time.isAfter(now) ? " until " : ", EXPIRED since ") + Times.at(time, now))
                .orElse(" without end");
        return begins + ends;
    }

    private static Optional<Instant> time(JsonObject claims, String name) {
        try {
            return claims.optionalSeconds(name)
                    .map(seconds -> Instant.ofEpochSecond(Math.clamp(seconds, -9_999_999_999L, 99_999_999_999L)));
        } catch (IllegalArgumentException mistyped) {
            return Optional.empty();
        }
    }

    private static Optional<String> status(JsonObject claims) {
        try {
            return claims.optionalObject("status")
                    .flatMap(status -> status.optionalObject("status_list"))
                    .map(list -> "index " + list.integer("idx") + " of " + list.string("uri"));
        } catch (IllegalArgumentException mistyped) {
            return Optional.of("cannot be read: " + mistyped.getMessage());
        }
    }

    private static Optional<JWK> holderKey(JsonObject claims) {
        return claims.members().get("cnf") instanceof Map<?, ?> cnf && cnf.get("jwk") instanceof Map<?, ?> jwk
                ? Keys.read(JsonObject.of(jwk))
                : Optional.empty();
    }

    private static Optional<String> text(JsonObject claims, String name) {
        return claims.members().get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<String> w3cType(JsonObject claims) {
        return claims.members().get("type") instanceof List<?> types && !types.isEmpty()
                ? Optional.of(String.valueOf(types.getLast()))
                : Optional.empty();
    }

    /// Digests of members and of elements, at every depth.
    private static int digests(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> object -> {
                var here = object.get("_sd") instanceof List<?> members ? members.size() : 0;
                if (object.size() == 1 && object.get("...") instanceof String) {
                    here++;
                }
                yield here
                        + object.values().stream()
                                .mapToInt(SdJwtInspection::digests)
                                .sum();
            }
            case List<?> array ->
                array.stream().mapToInt(SdJwtInspection::digests).sum();
            case null, default -> 0;
        };
    }

    private static String name(LooseJwt jwt) {
        return switch (jwt.type().orElse("")) {
            case "dc+sd-jwt" -> "SD-JWT VC";
            case "vc+sd-jwt" ->
                jwt.claims().has("vct")
                        ? "SD-JWT VC (by the typ of older drafts)"
                        : "W3C Verifiable Credential with selective disclosure";
            default -> "SD-JWT";
        };
    }

    private static String size(String compact) {
        return Times.plural(compact.length(), "character");
    }
}
