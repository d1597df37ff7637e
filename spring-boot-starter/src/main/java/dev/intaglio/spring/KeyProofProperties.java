package dev.intaglio.spring;

import dev.intaglio.credential.KeyProofTypes;
import dev.intaglio.issuer.proof.ProofPolicy;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How wallets prove the keys that credentials are bound to.
///
/// @param types What is taken beside `jwt` and, where attesters are trusted, `attestation`: `di_vp`, and of older drafts `cwt` and
///     `ldp_vp`.
@ConfigurationProperties("intaglio.key-proof")
public record KeyProofProperties(
        @DefaultValue({"jwt", "di_vp"}) List<String> types) {
    public KeyProofProperties {
        types = List.copyOf(types);
    }

    ProofPolicy policy() {
        try {
            return ProofPolicy.DEFAULT.withTypes(KeyProofTypes.onClassPath().named(types));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalStateException("intaglio.key-proof.types: " + unknown.getMessage(), unknown);
        }
    }
}
