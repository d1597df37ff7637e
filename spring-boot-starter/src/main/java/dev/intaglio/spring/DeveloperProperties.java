package dev.intaglio.spring;

import dev.intaglio.protocol.oauth.Wording;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What helps those who develop wallets against this server.
///
/// @param explainErrors Whether error_description also says what was expected, what came and which section of the standard it is
///     about. Not for production: it shows names and addresses of a request, and of this server's configuration.
@ConfigurationProperties("intaglio")
public record DeveloperProperties(@DefaultValue("false") boolean explainErrors) {
    Wording wording() {
        return explainErrors ? Wording.EXPLAINED : Wording.SHORT;
    }
}
