package dev.intaglio.protocol.metadata;

import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a credential is shown in one language: its name and the look of its card (§12.2.4).
///
/// @param backgroundColor a numerical colour of CSS Color Level 3, such as `#12107c`
/// @param textColor likewise
public record CredentialDisplay(
        String name,
        Optional<String> locale,
        Optional<Logo> logo,
        Optional<String> description,
        Optional<String> backgroundColor,
        Optional<URI> backgroundImage,
        Optional<String> textColor) {
    private static final Pattern NUMERICAL_COLOR =
            Pattern.compile("#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}|(rgba?|hsla?)\\([0-9.,%\\s]+\\)");

    public CredentialDisplay {
        requireColor("background_color", backgroundColor);
        requireColor("text_color", textColor);
    }

    public static CredentialDisplay read(JsonObject json) {
        return new CredentialDisplay(
                json.string("name"),
                json.optionalString("locale"),
                json.optional("logo", Logo::read),
                json.optionalString("description"),
                json.optionalString("background_color"),
                json.optionalObject("background_image").map(image -> URI.create(image.string("uri"))),
                json.optionalString("text_color"));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("name", name)
                .putIf("locale", locale)
                .putIf("logo", logo.map(Logo::write))
                .putIf("description", description)
                .putIf("background_color", backgroundColor)
                .putIf(
                        "background_image",
                        backgroundImage.map(uri ->
                                JsonObject.builder().put("uri", uri.toString()).build()))
                .putIf("text_color", textColor)
                .build();
    }

    private static void requireColor(String member, Optional<String> color) {
        if (color.filter(value -> !NUMERICAL_COLOR.matcher(value).matches()).isPresent()) {
            throw new IllegalArgumentException(member + " is not a numerical CSS colour such as #12107c");
        }
    }
}
