package dev.intaglio.drafts.draft12;

import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.drafts.wire.Difference;
import dev.intaglio.drafts.wire.Exchange;
import dev.intaglio.drafts.wire.Logos;
import dev.intaglio.drafts.wire.Parts;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.TokenErrors;
import java.util.List;
import java.util.Optional;

/// Draft 12 and 13. The draft offers `credentials`, asks for a PIN, names signature algorithms suites, and has the parameters
/// of encryption side by side.
public final class Draft12 implements Difference {
    private static final String JWK = "credential_encryption_jwk";
    private static final String ALG = "credential_response_encryption_alg";
    private static final String ENC = "credential_response_encryption_enc";

    /// What it is where a wallet does not say.
    private static final String DEFAULT_ENC = "A256GCM";

    @Override
    public JsonObject olderMetadata(JsonObject metadata) {
        var older = Parts.each(metadata, "credential_configurations_supported", Draft12::olderConfiguration);
        older = Parts.renamed(older, "credential_configurations_supported", "credentials_supported");
        older = Parts.eachOf(older, "display", Logos::older);
        var encryption = older.optionalObject("credential_response_encryption");
        older = Parts.without(older, "credential_response_encryption", "notification_endpoint");
        if (encryption.isEmpty()) {
            return older;
        }
        older = Parts.putIf(older, ALG + "_values_supported", encryption.get().optionalArray("alg_values_supported"));
        older = Parts.putIf(older, ENC + "_values_supported", encryption.get().optionalArray("enc_values_supported"));
        return older.with(
                "require_credential_response_encryption", encryption.get().flag("encryption_required"));
    }

    private static JsonObject olderConfiguration(JsonObject configuration) {
        var older = Parts.renamed(
                configuration, "credential_signing_alg_values_supported", "cryptographic_suites_supported");
        older = Parts.eachOf(older, "display", Logos::older);
        var types = older.optionalObject("proof_types_supported");
        return types.isEmpty()
                ? older
                : older.with(
                        "proof_types_supported",
                        List.copyOf(types.get().members().keySet()));
    }

    @Override
    public JsonObject newerMetadata(JsonObject metadata) {
        var newer = Parts.renamed(metadata, "credentials_supported", "credential_configurations_supported");
        newer = Parts.each(newer, "credential_configurations_supported", Draft12::newerConfiguration);
        var algorithms = newer.optionalArray(ALG + "_values_supported");
        if (algorithms.isPresent()) {
            newer = newer.with(
                    "credential_response_encryption",
                    JsonObject.builder()
                            .put("alg_values_supported", algorithms.get())
                            .put(
                                    "enc_values_supported",
                                    newer.optionalArray(ENC + "_values_supported")
                                            .orElse(List.of(DEFAULT_ENC)))
                            .put("encryption_required", newer.flag("require_credential_response_encryption"))
                            .build());
        }
        return Parts.without(
                newer, ALG + "_values_supported", ENC + "_values_supported", "require_credential_response_encryption");
    }

    private static JsonObject newerConfiguration(JsonObject configuration) {
        var newer = Parts.renamed(
                configuration, "cryptographic_suites_supported", "credential_signing_alg_values_supported");
        // Names without algorithms: which they are is left to be guessed, as if nothing had been said.
        return newer.members().get("proof_types_supported") instanceof List<?>
                ? newer.without("proof_types_supported")
                : newer;
    }

    @Override
    public JsonObject olderOffer(JsonObject offer) {
        var older = Parts.renamed(offer, "credential_configuration_ids", "credentials");
        return Parts.in(
                older,
                "grants",
                grants -> Parts.in(
                        grants,
                        Grant.PRE_AUTHORIZED_CODE,
                        code -> code.without("tx_code").with("user_pin_required", code.has("tx_code"))));
    }

    @Override
    public JsonObject newerOffer(JsonObject offer, Catalogue catalogue) {
        var newer = Parts.renamed(offer, "credentials", "credential_configuration_ids");
        return Parts.in(
                newer,
                "grants",
                grants -> Parts.in(grants, Grant.PRE_AUTHORIZED_CODE, code -> {
                    var plain = code.without("user_pin_required");
                    return code.flag("user_pin_required") && !plain.has("tx_code")
                            ? plain.with(
                                    "tx_code",
                                    JsonObject.builder()
                                            .put("input_mode", "numeric")
                                            .build())
                            : plain;
                }));
    }

    @Override
    public Form olderTokenRequest(Form request) {
        return request.value("tx_code")
                .map(code -> request.without("tx_code").with("user_pin", code))
                .orElse(request);
    }

    @Override
    public Form newerTokenRequest(Form request) {
        var pin = request.value("user_pin");
        if (pin.isPresent() && request.value("tx_code").isPresent()) {
            throw TokenErrors.invalidRequest("a request has one of user_pin and tx_code, not both");
        }
        return pin.map(code -> request.without("user_pin").with("tx_code", code))
                .orElse(request);
    }

    @Override
    public JsonObject olderCredentialRequest(JsonObject request, Catalogue catalogue) {
        var encryption = request.optionalObject("credential_response_encryption");
        if (encryption.isEmpty()) {
            return request;
        }
        var older = Parts.putIf(
                request.without("credential_response_encryption"),
                JWK,
                encryption.get().optionalObject("jwk"));
        older = Parts.putIf(older, ALG, encryption.get().optionalString("alg"));
        return Parts.putIf(older, ENC, encryption.get().optionalString("enc"));
    }

    @Override
    public JsonObject newerCredentialRequest(JsonObject request, Catalogue catalogue) {
        var jwk = request.optionalObject(JWK);
        if (jwk.isEmpty()) {
            if (request.has(ALG) || request.has(ENC)) {
                throw CredentialErrors.invalidEncryptionParameters(JWK + " is missing");
            }
            return request;
        }
        var encryption = JsonObject.builder()
                .put("jwk", jwk.get())
                .putIf("alg", request.optionalString(ALG))
                .put("enc", request.optionalString(ENC).orElse(DEFAULT_ENC))
                .build();
        return Parts.without(request, JWK, ALG, ENC).with("credential_response_encryption", encryption);
    }

    @Override
    public Answer olderCredentialAnswer(Answer answer, Exchange exchange) {
        var format =
                answer.successful() && answer.body().has("credential") ? exchange.format() : Optional.<String>empty();
        return new Answer(answer.status(), Parts.putIf(answer.body().without("notification_id"), "format", format));
    }

    @Override
    public Answer newerCredentialAnswer(Answer answer, Exchange exchange) {
        return answer.without("format");
    }
}
