package dev.intaglio.protocol.oauth;

import java.util.Optional;

/// What a token request redeems (RFC 6749, §6.1).
public sealed interface Grant {
    String PRE_AUTHORIZED_CODE = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
    String AUTHORIZATION_CODE = "authorization_code";
    String REFRESH_TOKEN = "refresh_token";

    /// The code of a Credential Offer, with the Transaction Code if the offer asked for one (§6.1).
    record PreAuthorizedCode(String code, Optional<String> txCode) implements Grant {
        @Override
        public String toString() {
            return "PreAuthorizedCode";
        }
    }

    /// The code of an Authorization Response (RFC 6749, section 4.1.3).
    record AuthorizationCode(String code, Optional<String> redirectUri, Optional<String> codeVerifier)
            implements Grant {
        @Override
        public String toString() {
            return "AuthorizationCode";
        }
    }

    /// A refresh token (RFC 6749, section 6).
    record RefreshToken(String token) implements Grant {
        @Override
        public String toString() {
            return "RefreshToken";
        }
    }
}
