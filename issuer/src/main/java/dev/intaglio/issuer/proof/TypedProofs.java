package dev.intaglio.issuer.proof;

import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.KeyProofTypes;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.protocol.proof.DidResolver;
import dev.intaglio.protocol.proof.KeyProof;
import dev.intaglio.protocol.proof.KeyProofType;
import java.util.ArrayList;
import java.util.List;

/// Proofs of types that other modules bring: `di_vp` (App. F.2), and those of drafts.
final class TypedProofs {
    private final KeyedNonces nonces;
    private final KeyProofTypes types;
    private final DidResolver dids;
    private final ProofRules rules;

    TypedProofs(KeyedNonces nonces, KeyProofTypes types, DidResolver dids, ProofRules rules) {
        this.nonces = nonces;
        this.types = types;
        this.dids = dids;
        this.rules = rules;
    }

    HolderKeys verify(String identifier, List<?> proofs, Asked asked) {
        var type = types.find(identifier).orElseThrow(KeyProofs::unsupported);
        var keys = new ArrayList<HolderKey>(proofs.size());
        var used = new ProofNonces(nonces);
        for (var proof : proofs) {
            var read = read(type, proof, dids.restrictedTo(asked.configuration().bindingMethods()));
            keys.add(rules.holderKey(read, asked));
            used.require("the proof", read.nonce());
        }
        ProofRules.requireDistinct(keys);
        return new HolderKeys(keys, used.used());
    }

    private static KeyProof read(KeyProofType type, Object proof, DidResolver keys) {
        try {
            return type.read(proof, keys);
        } catch (JsonException broken) {
            throw broken;
        } catch (IllegalArgumentException unreadable) {
            throw CredentialErrors.invalidProof("a proof cannot be read as one of type " + type.identifier())
                    .because(unreadable);
        }
    }
}
