package dev.intaglio.protocol.proof;

import dev.intaglio.keys.SigningKey;
import java.util.List;

/// A type of key proof beside `jwt` and `attestation` (App. F), for both sides: read and verified by the issuer, made by the wallet.
/// Immutable and safe to share. It answers for form, key and signature; audience, nonce, age and binding method are asked of every
/// type alike by the issuer.
public interface KeyProofType {
    /// The member of `proofs`, and the key in `proof_types_supported`.
    String identifier();

    /// Whether OpenID4VCI 1.0 has it. One that only a draft has is taken by issuers that were told to.
    boolean standard();

    /// Whether its proofs can name keys by one of these of `cryptographic_binding_methods_supported`.
    boolean fits(List<String> bindingMethods);

    /// What `proof_signing_alg_values_supported` lists for keys of these algorithms; nothing if they cannot make such proofs.
    ///
    /// @param keyAlgorithms JOSE names
    List<String> signingAlgorithms(List<String> keyAlgorithms);

    /// Reads a proof and verifies it by the key it names.
    ///
    /// @param proof an element of the array in `proofs`: a string, or a JSON object
    /// @param dids for keys that are named by DID URLs
    /// @throws dev.intaglio.protocol.json.JsonException saying for the wallet which rule the proof breaks
    /// @throws IllegalArgumentException if it cannot be read at all
    KeyProof read(Object proof, DidResolver dids);

    /// Makes a proof.
    ///
    /// @return a string or a JSON object, as it goes into `proofs`
    /// @throws IllegalArgumentException if the key, or its algorithm, is none the order lets it prove
    Object make(SigningKey key, KeyProofOrder order);
}
