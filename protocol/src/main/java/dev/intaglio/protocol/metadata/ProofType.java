package dev.intaglio.protocol.metadata;

import dev.intaglio.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// What is asked of one type of key proof (`proof_types_supported`, §12.2.4).
///
/// @param keyAttestationsRequired present if a key attestation is required; an empty object asks for any
public record ProofType(List<String> signingAlgorithms, Optional<KeyAttestationsRequired> keyAttestationsRequired) {
    public ProofType {
        signingAlgorithms = List.copyOf(signingAlgorithms);
        if (signingAlgorithms.isEmpty()) {
            throw new IllegalArgumentException("proof_signing_alg_values_supported is empty");
        }
    }

    public static ProofType read(JsonObject json) {
        return new ProofType(
                json.strings("proof_signing_alg_values_supported"),
                json.optional("key_attestations_required", KeyAttestationsRequired::read));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("proof_signing_alg_values_supported", signingAlgorithms)
                .putIf("key_attestations_required", keyAttestationsRequired.map(KeyAttestationsRequired::write))
                .build();
    }
}
