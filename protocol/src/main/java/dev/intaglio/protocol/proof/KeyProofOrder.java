package dev.intaglio.protocol.proof;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a wallet has a key proof say, and what the issuer takes.
///
/// @param nonce the `c_nonce`
/// @param clientId absent where the token was obtained anonymously
/// @param algorithms the issuer's `proof_signing_alg_values_supported` for this type of proof
/// @param bindingMethods the issuer's `cryptographic_binding_methods_supported`
public record KeyProofOrder(
        URI credentialIssuer,
        Instant now,
        Optional<String> nonce,
        Optional<String> clientId,
        List<String> algorithms,
        List<String> bindingMethods) {
    public KeyProofOrder {
        algorithms = List.copyOf(algorithms);
        bindingMethods = List.copyOf(bindingMethods);
    }

    /// Without the nonce.
    @Override
    public String toString() {
        return "KeyProofOrder[" + credentialIssuer + "]";
    }
}
