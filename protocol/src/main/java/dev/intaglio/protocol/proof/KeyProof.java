package dev.intaglio.protocol.proof;

import com.nimbusds.jose.jwk.JWK;
import java.time.Instant;
import java.util.Optional;

/// What a key proof says, of whichever type it is (App. F). It is signed by the key it names; whether it is meant for us, new enough
/// and by a key of a kind we take is for the issuer to ask.
///
/// @param algorithm as `proof_signing_alg_values_supported` has it: of JOSE, of COSE, or a cryptosuite
/// @param keyIdentifier the DID URL that named the key; absent if the proof showed the key itself
/// @param issuer the client identifier, if the proof says it
/// @param audience the Credential Issuer Identifier
/// @param issuedAt absent only for types that leave it to the wallet whether to say it
/// @param expiresAt if the proof says it
public record KeyProof(
        JWK key,
        Optional<String> keyIdentifier,
        String algorithm,
        Optional<String> issuer,
        String audience,
        Optional<Instant> issuedAt,
        Optional<Instant> expiresAt,
        Optional<String> nonce) {
    /// Without the nonce.
    @Override
    public String toString() {
        return "KeyProof[" + algorithm + "]";
    }
}
