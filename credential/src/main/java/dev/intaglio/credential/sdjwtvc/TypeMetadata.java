package dev.intaglio.credential.sdjwtvc;

import dev.intaglio.credential.ClaimDefinition;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimDisplay;
import dev.intaglio.protocol.metadata.CredentialDisplay;
import java.net.URI;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/// SD-JWT VC Type Metadata (§6 of the draft): what a credential type is called, how it looks and what is in it, for
/// wallets that look up a `vct`. The same definition always gives the same bytes, so [#integrity] holds for whatever
/// node serves them.
public final class TypeMetadata {
    /// What it is served as.
    public static final String MEDIA_TYPE = "application/json";

    private final String vct;
    private final JsonObject document;
    private final byte[] bytes;

    private TypeMetadata(String vct, JsonObject document) {
        this.vct = vct;
        this.document = document;
        this.bytes = document.bytes();
    }

    /// The metadata of a definition's SD-JWT VC.
    ///
    /// @throws IllegalArgumentException if the configuration has no `vct`
    public static TypeMetadata of(CredentialDefinition definition, FormatConfiguration configuration) {
        var vct = configuration.parameters().string("vct");
        // For developers, so one language will do: English if there is any.
        var plain = definition.display().stream()
                .filter(display -> display.locale()
                        .filter(locale -> locale.equals("en") || locale.startsWith("en-"))
                        .isPresent())
                .findFirst()
                .or(() -> definition.display().stream().findFirst());
        var document = JsonObject.builder()
                .put("vct", vct)
                .putIf("name", plain.map(CredentialDisplay::name))
                .putIf("description", plain.flatMap(CredentialDisplay::description))
                .putEach(
                        "display",
                        definition.display().stream().filter(one -> one.locale().isPresent()),
                        TypeMetadata::display)
                .putEach("claims", definition.claims().all().stream(), TypeMetadata::claim)
                .build();
        return new TypeMetadata(vct, document);
    }

    /// Whether the type is an address at this issuer, so that it answers for the metadata there.
    public static boolean servedBy(URI issuer, String vct) {
        try {
            var type = URI.create(vct);
            return "https".equals(type.getScheme())
                    && type.getRawAuthority() != null
                    && type.getRawAuthority().equals(issuer.getRawAuthority())
                    && "https".equals(issuer.getScheme())
                    && type.getRawPath().length() > 1
                    && type.getRawQuery() == null
                    && type.getRawFragment() == null;
        } catch (IllegalArgumentException noUri) {
            return false;
        }
    }

    private static JsonObject display(CredentialDisplay display) {
        var simple = JsonObject.builder()
                .putIf("logo", display.logo().map(logo -> logo.write()))
                .putIf("background_image", display.backgroundImage().map(TypeMetadata::image))
                .putIf("background_color", display.backgroundColor())
                .putIf("text_color", display.textColor())
                .build();
        var rendering = simple.members().isEmpty()
                ? Optional.<JsonObject>empty()
                : Optional.of(JsonObject.builder().put("simple", simple).build());
        return JsonObject.builder()
                .putIf("locale", display.locale())
                .put("name", display.name())
                .putIf("description", display.description())
                .putIf("rendering", rendering)
                .build();
    }

    private static JsonObject image(URI uri) {
        return JsonObject.builder().put("uri", uri.toString()).build();
    }

    private static JsonObject claim(ClaimDefinition claim) {
        return JsonObject.builder()
                .put("path", claim.path().write())
                .putEach("display", claim.display().stream(), TypeMetadata::label)
                .putIf("mandatory", claim.mandatory() ? Optional.of(true) : Optional.empty())
                .put("sd", claim.disclosure().word())
                .build();
    }

    private static JsonObject label(ClaimDisplay label) {
        return JsonObject.builder()
                .putIf("locale", label.locale())
                .putIf("label", label.name())
                .build();
    }

    public String vct() {
        return vct;
    }

    public JsonObject document() {
        return document;
    }

    /// The document as it is to be served, byte for byte.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The value of `vct#integrity` for these bytes: `sha256-` and standard base64 (W3C Subresource Integrity §3.1).
    public String integrity() {
        MessageDigest digest = HashAlgorithm.SHA_256.messageDigest();
        return "sha256-" + Base64.getEncoder().encodeToString(digest.digest(bytes));
    }
}
