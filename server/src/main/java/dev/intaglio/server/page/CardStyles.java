package dev.intaglio.server.page;

import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.CredentialDisplay;
import java.util.ArrayList;
import java.util.Collection;

/// The colours of the credentials as a style sheet, because pages may hold no styles of their own. Colours were checked when
/// the metadata was made; addresses hold no quotation mark.
final class CardStyles {
    private CardStyles() {}

    /// @param configuration its place in the metadata
    /// @param display its place in the configuration's
    static String styleClass(int configuration, int display) {
        return "credential-" + configuration + "-" + display;
    }

    static String css(Collection<CredentialConfiguration> configurations) {
        var css = new StringBuilder();
        var number = 0;
        for (var configuration : configurations) {
            for (var i = 0; i < configuration.display().size(); i++) {
                css.append(rule(styleClass(number, i), configuration.display().get(i)));
            }
            number++;
        }
        return css.toString();
    }

    private static String rule(String styleClass, CredentialDisplay display) {
        var declarations = new ArrayList<String>();
        display.backgroundColor().ifPresent(color -> declarations.add("--card-background: " + color));
        display.textColor().ifPresent(color -> declarations.add("--card-text: " + color));
        display.backgroundImage().ifPresent(uri -> declarations.add("--card-image: url(\"" + uri + "\")"));
        return declarations.isEmpty() ? "" : "." + styleClass + " { " + String.join("; ", declarations) + " }\n";
    }
}
