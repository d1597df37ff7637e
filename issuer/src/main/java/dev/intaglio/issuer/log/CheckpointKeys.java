package dev.intaglio.issuer.log;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import java.util.List;
import java.util.Optional;

/// Whose signatures under checkpoints count.
@FunctionalInterface
public interface CheckpointKeys {
    /// @return why the signature is not good; empty if it is
    Optional<String> fault(Checkpoint checkpoint);

    /// Keys known from elsewhere, and those that these authorities certified at the time of the checkpoint.
    static CheckpointKeys of(TrustAnchors anchors) {
        return checkpoint -> {
            var jwt = checkpoint.jwt();
            if (anchors.keys().stream().anyMatch(jwt::verifies)) {
                return Optional.empty();
            }
            try {
                var chain = jwt.headerChain().map(X5c::parse).orElse(List.of());
                if (chain.isEmpty()) {
                    return Optional.of("it is signed by none of the keys you trust");
                }
                return switch (anchors.check(chain, checkpoint.at())) {
                    case TrustAnchors.Untrusted(var reason) -> Optional.of("its signer is not trusted: " + reason);
                    case TrustAnchors.Trusted trusted ->
                        jwt.verifies(X5c.publicJwk(chain.getFirst()))
                                ? Optional.empty()
                                : Optional.of("its signature is wrong");
                };
            } catch (IllegalArgumentException unreadable) {
                return Optional.of("its certificates cannot be read");
            }
        };
    }

    /// The issuer's own, to find faults of storage; of no use to somebody who does not trust the issuer.
    static CheckpointKeys of(List<SigningKey> keys) {
        return checkpoint -> keys.stream().anyMatch(key -> checkpoint.jwt().verifies(key.publicJwk()))
                ? Optional.empty()
                : Optional.of("it is signed by none of the issuer's keys");
    }

    /// The key each checkpoint names itself: says that nothing was damaged, not that nobody forged it.
    static CheckpointKeys asNamed() {
        return checkpoint -> {
            try {
                var jwt = checkpoint.jwt();
                var chain = jwt.headerChain().map(X5c::parse).orElse(List.of());
                var key = chain.isEmpty() ? jwt.headerKey() : Optional.of(X5c.publicJwk(chain.getFirst()));
                return key.isPresent() && jwt.verifies(key.get())
                        ? Optional.empty()
                        : Optional.of("its signature is wrong");
            } catch (IllegalArgumentException unreadable) {
                return Optional.of("the key it names cannot be read");
            }
        };
    }
}
