package dev.intaglio.drafts.draft15;

import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.drafts.wire.Difference;
import dev.intaglio.drafts.wire.Exchange;
import dev.intaglio.drafts.wire.Parts;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Draft 15 and 1.0. The draft asks by one `proof` or several `proofs`, encrypts responses to requests in the clear, calls the
/// algorithms of mdocs by their JOSE names, keeps texts and claims beside the format, and says "not yet" with an error.
public final class Draft15 implements Difference {
    /// The `typ` of key attestations (draft 15, App. D.1), which are inside a signature and not translated.
    public static final String KEY_ATTESTATION_TYPE = "keyattestation+jwt";

    private static final String PENDING = "issuance_pending";

    /// What to wait where the issuer does not say: the draft's default.
    private static final long DEFAULT_INTERVAL = 5;

    @Override
    public JsonObject olderMetadata(JsonObject metadata) {
        var older = metadata.without("credential_request_encryption");
        older = Parts.in(older, "credential_response_encryption", one -> one.without("zip_values_supported"));
        return Parts.each(older, "credential_configurations_supported", Draft15::olderConfiguration);
    }

    private static JsonObject olderConfiguration(JsonObject configuration) {
        var texts = configuration.optionalObject("credential_metadata").orElse(JsonObject.empty());
        var older = configuration.without("credential_metadata");
        older = Parts.putIf(older, "display", texts.optionalArray("display"));
        older = Parts.putIf(older, "claims", texts.optionalArray("claims"));
        older = Parts.in(older, "credential_definition", Draft15::addressesAlone);
        return Parts.putIf(
                older,
                "credential_signing_alg_values_supported",
                older.optionalArray("credential_signing_alg_values_supported").map(Algorithms::names));
    }

    /// Wallets of these drafts read contexts as addresses and refuse the whole document for anything else; the types tell a
    /// credential from others without it.
    private static JsonObject addressesAlone(JsonObject definition) {
        return definition.has("@context")
                ? definition.with("@context", Parts.stringsIn(definition, "@context"))
                : definition;
    }

    @Override
    public JsonObject newerMetadata(JsonObject metadata) {
        return Parts.each(metadata, "credential_configurations_supported", Draft15::newerConfiguration);
    }

    private static JsonObject newerConfiguration(JsonObject configuration) {
        var texts = configuration.optionalObject("credential_metadata").orElse(JsonObject.empty());
        texts = Parts.putIf(texts, "display", configuration.optionalArray("display"));
        if (configuration.members().get("claims") instanceof List<?> claims) {
            texts = texts.with("claims", claims);
        }
        var newer = Parts.without(configuration, "display", "claims", "credential_metadata");
        if (!texts.members().isEmpty()) {
            newer = newer.with("credential_metadata", texts);
        }
        if (newer.optionalString("format").filter("mso_mdoc"::equals).isPresent()) {
            newer = Parts.putIf(
                    newer,
                    "credential_signing_alg_values_supported",
                    newer.optionalArray("credential_signing_alg_values_supported")
                            .map(Algorithms::numbers));
        }
        return bound(newer);
    }

    /// 1.0 wants binding methods and types of proof both or neither; the draft left the latter to be guessed.
    private static JsonObject bound(JsonObject configuration) {
        var bound = configuration.has("cryptographic_binding_methods_supported");
        if (bound && !configuration.has("proof_types_supported")) {
            return configuration.with("proof_types_supported", Algorithms.jwtProofs());
        }
        return bound ? configuration : configuration.without("proof_types_supported");
    }

    @Override
    public JsonObject olderCredentialRequest(JsonObject request, Catalogue catalogue) {
        var older = request;
        var proofs = request.optionalObject("proofs");
        if (proofs.isPresent() && proofs.get().members().size() == 1) {
            var type = proofs.get().members().keySet().iterator().next();
            var all = proofs.get().optionalArray(type).orElse(List.of());
            if (all.size() == 1) {
                older = older.without("proofs")
                        .with(
                                "proof",
                                JsonObject.builder()
                                        .put("proof_type", type)
                                        .put(type, Objects.requireNonNull(all.getFirst()))
                                        .build());
            }
        }
        return Parts.in(older, "credential_response_encryption", Draft15::olderEncryption);
    }

    private static JsonObject olderEncryption(JsonObject parameters) {
        var algorithm = parameters.optionalObject("jwk").flatMap(jwk -> jwk.optionalString("alg"));
        return Parts.putIf(parameters, "alg", algorithm);
    }

    @Override
    public JsonObject newerCredentialRequest(JsonObject request, Catalogue catalogue) {
        if (request.has("proof") && request.has("proofs")) {
            throw CredentialErrors.invalidCredentialRequest("a request has one of proof and proofs, not both");
        }
        var newer = Parts.in(request, "credential_response_encryption", Draft15::newerEncryption);
        var proof = request.optionalObject("proof");
        return proof.isEmpty() ? newer : newer.without("proof").with("proofs", proofs(proof.get()));
    }

    private static JsonObject proofs(JsonObject proof) {
        var type = proof.optionalString("proof_type")
                .orElseThrow(() -> CredentialErrors.invalidProof("proof.proof_type is missing"));
        var value = Optional.ofNullable(proof.members().get(type))
                .orElseThrow(() ->
                        CredentialErrors.invalidProof("proof has no member with the name that its proof_type says"));
        return JsonObject.builder().put(type, List.of(value)).build();
    }

    private static JsonObject newerEncryption(JsonObject parameters) {
        var algorithm = parameters.optionalString("alg");
        return algorithm.isEmpty()
                ? parameters
                : Parts.in(parameters.without("alg"), "jwk", jwk -> jwk.with("alg", algorithm.get()));
    }

    @Override
    public Answer olderCredentialAnswer(Answer answer, Exchange exchange) {
        // When to come back stays in the answer: the draft leaves it open, and wallets of several versions demand it.
        if (answer.isError("unknown_credential_configuration")) {
            return answer.withError("unsupported_credential_type");
        }
        return answer.isError("unknown_credential_identifier")
                ? answer.withError("invalid_credential_request")
                : answer;
    }

    @Override
    public Answer newerCredentialAnswer(Answer answer, Exchange exchange) {
        if (answer.successful()
                && answer.body().has("transaction_id")
                && !answer.body().has("credentials")) {
            var interval = answer.body().optionalSeconds("interval").filter(seconds -> seconds > 0);
            return new Answer(202, answer.body().with("interval", interval.orElse(DEFAULT_INTERVAL)));
        }
        return answer.isError("unsupported_credential_type")
                ? answer.withError("unknown_credential_configuration")
                : answer;
    }

    @Override
    public Answer olderDeferredAnswer(Answer answer, Exchange exchange) {
        if (answer.status() != 202) {
            return olderCredentialAnswer(answer, exchange);
        }
        return new Answer(
                400,
                JsonObject.builder()
                        .put("error", PENDING)
                        .put("error_description", "the credential is not ready; ask again after the interval")
                        .put(
                                "interval",
                                answer.body().optionalSeconds("interval").orElse(DEFAULT_INTERVAL))
                        .build());
    }

    @Override
    public Answer newerDeferredAnswer(Answer answer, Exchange exchange) {
        if (!answer.isError(PENDING)) {
            return newerCredentialAnswer(answer, exchange);
        }
        return new Answer(
                202,
                JsonObject.builder()
                        .putIf("transaction_id", exchange.request().optionalString("transaction_id"))
                        .put(
                                "interval",
                                answer.body().optionalSeconds("interval").orElse(DEFAULT_INTERVAL))
                        .build());
    }
}
