package dev.intaglio.authorization.grant;

import java.util.Optional;

/// A Credential Configuration that can be asked for at the authorization endpoint.
///
/// @param scope as in the issuer's metadata; several configurations may share one (§12.2.4)
public record RequestableCredential(String configurationId, Optional<String> scope) {
    public static RequestableCredential of(String configurationId, String scope) {
        return new RequestableCredential(configurationId, Optional.of(scope));
    }
}
