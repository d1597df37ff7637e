package dev.intaglio.cli.inspect;

import dev.intaglio.cli.inspect.Inspected.Verdict;
import dev.intaglio.cli.text.Printable;
import dev.intaglio.cli.text.Times;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Recognises a text by its shape and hands it to whoever knows more. Answers for every text; what cannot be read is
/// [#UNKNOWN], with what it looks like.
public final class Inspector {
    static final String UNKNOWN = "unknown";

    private static final Pattern OFFER_LINK =
            Pattern.compile("(?s)[A-Za-z][A-Za-z0-9+.-]{0,60}:[^?]*\\?(.*&)?credential_offer(_uri)?=.*");
    private static final Pattern ADDRESS = Pattern.compile("(?s)https?://\\S+");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+=*");
    private static final int JWE_PARTS = 5;
    private static final int LONGEST = 8 * 1024 * 1024;

    private final JwtInspection jwts;
    private final SdJwtInspection sdJwts;
    private final MdocInspection mdocs;
    private final Certificates certificates;
    private final JsonInspection documents;
    private final Instant now;

    /// @param anchors whom to trust; empty if that is not asked
    public Inspector(Optional<TrustAnchors> anchors, Instant now) {
        this(anchors, CredentialVerifiers.onClassPath(), now);
    }

    /// @param anchors whom to trust; empty if that is not asked
    /// @param verifiers of credentials, [asking][CredentialVerifiers#asking] for their status if that is wanted
    public Inspector(Optional<TrustAnchors> anchors, CredentialVerifiers verifiers, Instant now) {
        this.now = now;
        var judge = new Judge(anchors, verifiers, now);
        jwts = new JwtInspection(anchors, judge, now);
        sdJwts = new SdJwtInspection(anchors, jwts, judge, now);
        mdocs = new MdocInspection(judge, now);
        certificates = new Certificates(now);
        documents = new JsonInspection(this, judge, now);
    }

    /// Never throws, whatever the text is.
    public Inspected inspect(String text) {
        var stripped = text.strip();
        if (stripped.isEmpty()) {
            return unknown("nothing at all", "");
        }
        if (stripped.length() > LONGEST) {
            return unknown("%,d characters, more than are read".formatted(stripped.length()), "");
        }
        try {
            return recognised(stripped);
        } catch (IllegalArgumentException broken) {
            return unknown(lookalike(stripped), "but cannot be read: " + broken.getMessage());
        } catch (RuntimeException unexpected) {
            // The parsers of the platform have their own ways to fail; a text shall not stop us either way.
            return unknown(lookalike(stripped), "but cannot be read: " + unexpected);
        }
    }

    private Inspected recognised(String text) {
        if (text.startsWith("{")) {
            return documents.inspect(Json.readObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DOCUMENT));
        }
        if (text.contains("-----BEGIN ")) {
            return pem(text);
        }
        if (OFFER_LINK.matcher(text).matches()) {
            return OfferInspection.link(text);
        }
        if (text.indexOf('~') > 0 && text.indexOf('.') > 0 && text.indexOf('.') < text.indexOf('~')) {
            return sdJwts.inspect(text);
        }
        if (compact(text)) {
            return text.split("\\.", -1).length == JWE_PARTS ? jwe(text) : jwts.inspect(text);
        }
        if (text.startsWith("MI") && BASE64.matcher(text.replaceAll("\\s", "")).matches()) {
            return certificates.der(text.replaceAll("\\s", ""));
        }
        if (MdocInspection.maybe(text)) {
            return mdocs.inspect(text);
        }
        if (text.startsWith("W") && BASE64.matcher(text).matches()) {
            return sdJwts.alone(text);
        }
        return unknown(lookalike(text), "");
    }

    /// Not by a pattern: with many dots, those of the platform run out of stack.
    private static boolean compact(String text) {
        return text.indexOf('.') > 0
                && text.chars()
                        .allMatch(c -> c == '.'
                                || c == '-'
                                || c == '_'
                                || c == '='
                                || (c < 0x80 && Character.isLetterOrDigit(c)));
    }

    private Inspected pem(String text) {
        var labels = Pem.labels(text);
        if (labels.contains("CERTIFICATE")) {
            return certificates.pem(text);
        }
        return unknown(
                labels.isEmpty()
                        ? "a PEM file without a complete block"
                        : "a PEM file with " + String.join(", ", labels),
                "");
    }

    private Inspected jwe(String compact) {
        var header = Json.readObject(
                Base64.getUrlDecoder().decode(compact.substring(0, compact.indexOf('.'))), JsonLimits.REQUEST);
        var tree = Tree.of(
                "JWE (encrypted)",
                "only its header can be read without the key",
                new Tree("header", "", new JsonTree(now).members(header)));
        return Inspected.of(
                "jwe",
                tree,
                JsonObject.builder().put("kind", "jwe").put("header", header).build());
    }

    /// The best guess, for somebody who may have copied too little or too much.
    private static String lookalike(String text) {
        if (text.startsWith("{")) {
            return "JSON";
        }
        if (text.startsWith("[")) {
            return "a JSON array, which is no document of the protocol";
        }
        if (OFFER_LINK.matcher(text).matches()) {
            return "a credential offer link";
        }
        if (ADDRESS.matcher(text).matches()) {
            return "an address; fetch it and inspect what it answers:  curl -s '" + Printable.line(text, 200)
                    + "' | intaglio inspect -";
        }
        if (text.startsWith("eyJ")) {
            return text.contains("~") ? "an SD-JWT" : text.contains(".") ? "a JWT" : "the first part of a JWT";
        }
        if (text.startsWith("MI")) {
            return "a certificate or a key in base64";
        }
        if (BASE64.matcher(text).matches() && text.length() >= 16) {
            return (text.startsWith("o") ? "an mdoc: base64 of about " : "base64 of about ")
                    + Times.plural(text.length() * 3L / 4, "byte");
        }
        return "text of " + Times.plural(text.length(), "character") + ", beginning with "
                + Printable.line(text.substring(0, Math.min(24, text.length())));
    }

    static Inspected unknown(String lookalike, String reason) {
        var sentence = reason.isEmpty() ? lookalike : lookalike + ", " + reason;
        return new Inspected(
                UNKNOWN,
                Tree.of("Not recognised", "it looks like " + sentence),
                JsonObject.of(Map.of("kind", UNKNOWN, "looks_like", sentence)),
                Verdict.REJECTED);
    }
}
