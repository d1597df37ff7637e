package dev.intaglio.protocol.proof;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.protocol.json.JsonException;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the keys that DIDs name.
public interface DidResolver {
    /// `did:jwk` and `did:key`, which spell their key out.
    DidResolver SELF_CONTAINED = new DidResolver() {
        @Override
        public Set<String> methods() {
            return Set.of("did:jwk", "did:key");
        }

        @Override
        public JWK key(String didUrl, Purpose purpose) {
            return DidKeys.resolve(didUrl);
        }
    };

    /// What a key of a DID is for (verification relationship, DID Core, section 5.3).
    enum Purpose {
        AUTHENTICATION("authentication"),
        ASSERTION("assertionMethod");

        private final String member;

        Purpose(String member) {
            this.member = member;
        }

        /// The member of a DID document that lists such keys.
        public String member() {
            return member;
        }
    }

    /// The methods it knows, as `cryptographic_binding_methods_supported` has them.
    Set<String> methods();

    /// @param didUrl the DID, with the fragment that names the key; without it where the DID has one key only
    /// @throws dev.intaglio.protocol.json.JsonException if there is no such key, it is not for that purpose, or it cannot be had now
    JWK key(String didUrl, Purpose purpose);

    /// This resolver for DIDs of some of its methods; of others nothing is looked up.
    ///
    /// @param only as in `cryptographic_binding_methods_supported`
    default DidResolver restrictedTo(Collection<String> only) {
        var resolver = this;
        return new DidResolver() {
            @Override
            public Set<String> methods() {
                return resolver.methods().stream().filter(only::contains).collect(Collectors.toUnmodifiableSet());
            }

            @Override
            public JWK key(String didUrl, Purpose purpose) {
                var parts = didUrl.split(":", 3);
                if (parts.length < 3 || !parts[0].equals("did")) {
                    throw new JsonException("a key is not named by a DID URL");
                }
                if (!methods().contains("did:" + parts[1])) {
                    throw new JsonException(
                            "the proof names its key by a method that cryptographic_binding_methods_supported does not list");
                }
                return resolver.key(didUrl, purpose);
            }
        };
    }
}
