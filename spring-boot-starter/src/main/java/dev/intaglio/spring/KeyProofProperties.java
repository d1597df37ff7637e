package dev.intaglio.spring;

import dev.intaglio.credential.KeyProofTypes;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.protocol.did.DidWebResolver;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How wallets prove the keys that credentials are bound to.
///
/// @param types What is taken beside `jwt` and, where attesters are trusted, `attestation`: `di_vp`, and of older drafts `cwt` and
///     `ldp_vp`.
/// @param didWeb Whether keys may be named by `did:web`: documents are then fetched from hosts that wallets name, from public addresses
///     only.
@ConfigurationProperties("intaglio.key-proof")
public record KeyProofProperties(
        @DefaultValue({"jwt", "di_vp"}) List<String> types,
        @DefaultValue("false") boolean didWeb) {
    public KeyProofProperties {
        types = List.copyOf(types);
    }

    ProofPolicy policy(Clock clock) {
        try {
            var policy =
                    ProofPolicy.DEFAULT.withTypes(KeyProofTypes.onClassPath().named(types));
            return didWeb ? policy.withDids(DidWebResolver.create(clock)) : policy;
        } catch (IllegalArgumentException unknown) {
            throw new IllegalStateException("intaglio.key-proof.types: " + unknown.getMessage(), unknown);
        }
    }
}
