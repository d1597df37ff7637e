package dev.intaglio.protocol.credential;

import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.dpop.DpopVerifier;
import dev.intaglio.protocol.explanation.Explanation;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.oauth.Refusal;
import java.util.List;

/// The refusals of the credential endpoint: payload errors are 400 with the codes of §8.3.1.2, token errors are those of
/// RFC 6750 section 3 and RFC 9449 section 7.1.
public final class CredentialErrors {
    private CredentialErrors() {}

    public static Refusal invalidCredentialRequest(String description) {
        return Refusal.of("invalid_credential_request", 400, description).section("OpenID4VCI 1.0, 8.2");
    }

    /// What a message says that could not be read.
    public static Refusal invalidCredentialRequest(JsonException malformed) {
        return invalidCredentialRequest(String.valueOf(malformed.getMessage())).explained(malformed.explanation());
    }

    public static Refusal unknownCredentialConfiguration() {
        return Refusal.of(
                        "unknown_credential_configuration",
                        400,
                        "credential_configurations_supported in the issuer metadata lists what can be asked for")
                .section("OpenID4VCI 1.0, 8.2");
    }

    public static Refusal unknownCredentialIdentifier() {
        return Refusal.of(
                        "unknown_credential_identifier",
                        400,
                        "use a credential_identifier from the authorization_details of the token response")
                .section("OpenID4VCI 1.0, 6.2 and 8.2");
    }

    public static Refusal invalidProof(String description) {
        return Refusal.of("invalid_proof", 400, description).section("OpenID4VCI 1.0, App. F");
    }

    /// What a proof breaks.
    public static Refusal invalidProof(JsonException broken) {
        return invalidProof(String.valueOf(broken.getMessage())).explained(broken.explanation());
    }

    public static Refusal invalidNonce(String description) {
        return Refusal.of("invalid_nonce", 400, description + "; get a fresh c_nonce from the nonce endpoint")
                .section("OpenID4VCI 1.0, 7 and 8.3.1.2");
    }

    public static Refusal invalidEncryptionParameters(String description) {
        return Refusal.of("invalid_encryption_parameters", 400, description).section("OpenID4VCI 1.0, 10");
    }

    public static Refusal credentialRequestDenied() {
        return Refusal.of("credential_request_denied", 400, "the issuer will not issue this credential")
                .explained(Explanation.of("OpenID4VCI 1.0, 8.3.1.2")
                        .came("a request in order; the operator's log says under the X-Request-Id why it is denied"));
    }

    /// Not of the standard: a client may not ask for this, though its user could have it elsewhere.
    public static Refusal accessDenied() {
        return Refusal.of("access_denied", 403, "this client may not ask for this credential");
    }

    /// Nobody can tell from it whether the handle is unknown, used up, or somebody else's (§9.3).
    public static Refusal invalidTransactionId() {
        return Refusal.of(
                        "invalid_transaction_id",
                        400,
                        "no credential is waiting under this transaction_id for this access token, or it was obtained already")
                .section("OpenID4VCI 1.0, 9")
                .expected("a transaction_id of the same authorization, and of the same DPoP key if the token was bound,"
                        + " that neither was answered nor expired");
    }

    public static Refusal invalidNotificationRequest(String description) {
        return Refusal.of("invalid_notification_request", 400, description).section("OpenID4VCI 1.0, 11.1");
    }

    public static Refusal invalidNotificationId() {
        return Refusal.of(
                        "invalid_notification_id",
                        400,
                        "no credentials were issued under this notification_id to this wallet")
                .section("OpenID4VCI 1.0, 11.3")
                .expected(
                        "a notification_id of a Credential Response under the same authorization as this access token");
    }

    /// No token was sent at all: a challenge without an error code (RFC 6750, section 3.1).
    public static Refusal tokenMissing(List<String> dpopAlgorithms) {
        return Refusal.of("", 401, "an access token is needed in the Authorization header")
                .withHeader("WWW-Authenticate", "Bearer, DPoP algs=\"" + String.join(" ", dpopAlgorithms) + "\"");
    }

    /// @param scheme `Bearer` or `DPoP`
    public static Refusal invalidToken(String scheme, String description) {
        return challenge(scheme, "invalid_token", 401, description).section("RFC 6750, 3.1");
    }

    public static Refusal insufficientScope(String scheme, String description) {
        return challenge(scheme, "insufficient_scope", 403, description).section("RFC 6750, 3.1");
    }

    /// Two ways of sending the token, or one that is malformed (RFC 6750, section 3.1).
    public static Refusal malformedTokenUse(String description) {
        return challenge("Bearer", "invalid_request", 400, description).section("RFC 6750, 2");
    }

    public static Refusal invalidDpopProof(String description) {
        return challenge("DPoP", "invalid_dpop_proof", 401, description).section("RFC 9449, 4.3");
    }

    public static Refusal invalidDpopProof(DpopVerifier.Outcome.Bad bad) {
        return invalidDpopProof(bad.reason()).explained(bad.explanation());
    }

    public static Refusal useDpopNonce(String nonce) {
        return challenge("DPoP", "use_dpop_nonce", 401, "make a new DPoP proof with the nonce of the DPoP-Nonce header")
                .withHeader("DPoP-Nonce", nonce)
                .section("RFC 9449, 9");
    }

    private static Refusal challenge(String scheme, String error, int status, String description) {
        var refusal = Refusal.of(error, status, description);
        var algorithms = scheme.equals("DPoP") ? ", algs=\"" + String.join(" ", DpopProof.ALGORITHMS) + "\"" : "";
        return refusal.withHeader(
                "WWW-Authenticate",
                scheme + " error=\"" + error + "\", error_description=\"" + refusal.description() + "\"" + algorithms);
    }
}
