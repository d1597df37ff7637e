package dev.intaglio.protocol.offer;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Grant;
import java.net.URI;
import java.util.Optional;

/// The grants of a Credential Offer (§4.1.1). Both absent: the wallet finds out from the authorization server's metadata.
/// Grants we do not know are ignored.
public record Grants(Optional<AuthorizationCode> authorizationCode, Optional<PreAuthorizedCode> preAuthorizedCode) {
    /// @param issuerState ties the later authorization request to this offer
    /// @param authorizationServer one of several in the issuer's metadata
    public record AuthorizationCode(Optional<String> issuerState, Optional<URI> authorizationServer) {
        static AuthorizationCode read(JsonObject json) {
            return new AuthorizationCode(
                    json.optionalString("issuer_state"),
                    json.optionalString("authorization_server").map(URI::create));
        }

        JsonObject write() {
            return JsonObject.builder()
                    .putIf("issuer_state", issuerState)
                    .putIf("authorization_server", authorizationServer.map(URI::toString))
                    .build();
        }

        /// Without the state, which stands for somebody's business.
        @Override
        public String toString() {
            return "AuthorizationCode[authorizationServer=" + authorizationServer + "]";
        }
    }

    /// @param code short-lived and single-use
    /// @param txCode present if a Transaction Code is required
    public record PreAuthorizedCode(String code, Optional<TxCode> txCode, Optional<URI> authorizationServer) {
        static PreAuthorizedCode read(JsonObject json) {
            return new PreAuthorizedCode(
                    json.string("pre-authorized_code"),
                    json.optional("tx_code", TxCode::read),
                    json.optionalString("authorization_server").map(URI::create));
        }

        JsonObject write() {
            return JsonObject.builder()
                    .put("pre-authorized_code", code)
                    .putIf("tx_code", txCode.map(TxCode::write))
                    .putIf("authorization_server", authorizationServer.map(URI::toString))
                    .build();
        }

        /// Without the code.
        @Override
        public String toString() {
            return "PreAuthorizedCode[txCode=" + txCode + "]";
        }
    }

    public static Grants none() {
        return new Grants(Optional.empty(), Optional.empty());
    }

    public static Grants of(PreAuthorizedCode preAuthorizedCode) {
        return new Grants(Optional.empty(), Optional.of(preAuthorizedCode));
    }

    static Grants read(JsonObject json) {
        return new Grants(
                json.optional(Grant.AUTHORIZATION_CODE, AuthorizationCode::read),
                json.optional(Grant.PRE_AUTHORIZED_CODE, PreAuthorizedCode::read));
    }

    JsonObject write() {
        return JsonObject.builder()
                .putIf(Grant.AUTHORIZATION_CODE, authorizationCode.map(AuthorizationCode::write))
                .putIf(Grant.PRE_AUTHORIZED_CODE, preAuthorizedCode.map(PreAuthorizedCode::write))
                .build();
    }
}
