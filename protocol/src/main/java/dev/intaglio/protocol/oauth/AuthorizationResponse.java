package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.http.Form;
import java.net.URI;
import java.util.Optional;

/// What the browser brings back to the client's redirect URI (RFC 6749 sections 4.1.2 and 4.1.2.1, §5.2, §5.3).
public sealed interface AuthorizationResponse {
    Optional<String> state();

    /// `iss`: which authorization server says this (RFC 9207).
    Optional<String> issuer();

    /// The code to redeem at the token endpoint.
    record Success(String code, Optional<String> state, Optional<String> issuer) implements AuthorizationResponse {
        /// Without the code.
        @Override
        public String toString() {
            return "Success";
        }
    }

    /// The standard's error.
    record Failure(String error, Optional<String> description, Optional<String> state, Optional<String> issuer)
            implements AuthorizationResponse {}

    /// Reads the query the browser brought.
    ///
    /// @throws IllegalArgumentException if it is neither of the two
    static AuthorizationResponse read(Form query) {
        var error = query.value("error");
        var code = query.value("code");
        if (error.isPresent() == code.isPresent()) {
            throw new IllegalArgumentException("an authorization response has either code or error");
        }
        return code.<AuthorizationResponse>map(value -> new Success(value, query.value("state"), query.value("iss")))
                .orElseGet(() -> new Failure(
                        error.orElseThrow(),
                        query.value("error_description"),
                        query.value("state"),
                        query.value("iss")));
    }

    /// The redirect URI with this response in its query; a query it has already stays (RFC 6749, section 3.1.2).
    default URI at(String redirectUri) {
        var parameters = switch (this) {
            case Success success -> Form.empty().with("code", success.code());
            case Failure failure ->
                Form.empty().with("error", failure.error()).with("error_description", failure.description());
        };
        var separator =
                redirectUri.indexOf('?') < 0 ? "?" : redirectUri.endsWith("?") || redirectUri.endsWith("&") ? "" : "&";
        return URI.create(redirectUri
                + separator
                + parameters.with("state", state()).with("iss", issuer()).encoded());
    }
}
