package dev.intaglio.wallet;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What was chosen about a wallet.
record Settings(
        Optional<String> clientId,
        ClientAuthentication authentication,
        Optional<Boolean> dpop,
        Optional<Asking> asking,
        boolean highAssurance,
        int copies,
        Function<JWSAlgorithm, SigningKey> keys,
        Consumer<Renewal> renewals,
        Clock clock,
        SecureRandom random) {
    String requiredClientId() {
        return clientId.orElseThrow(() -> new WalletException("this wallet needs a client_id for that, and has none"));
    }

    /// Whether a token that is not bound to a key is of no use to us.
    boolean dpopDemanded() {
        return highAssurance || dpop.orElse(false);
    }

    /// A new key, unless it is not wanted or the server does not offer to bind tokens and nobody insists.
    Optional<DpopClient> newDpop(AuthorizationServerMetadata server) {
        var offered = server.dpopSigningAlgorithms().contains(JWSAlgorithm.ES256.getName());
        return highAssurance || dpop.orElse(offered)
                ? Optional.of(dpop(keys.apply(JWSAlgorithm.ES256)))
                : Optional.empty();
    }

    DpopClient dpop(SigningKey key) {
        return new DpopClient(key, this);
    }
}
