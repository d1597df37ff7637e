package dev.intaglio.issuer.credential;

import dev.intaglio.issuer.offer.OfferNames;
import dev.intaglio.issuer.proof.HolderKeys;
import dev.intaglio.issuer.store.AttestationReference;
import dev.intaglio.issuer.store.AttestationReference.Kind;
import dev.intaglio.issuer.store.IssuanceOrigin;
import dev.intaglio.protocol.clientattestation.AttestedWallet;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.oauth.AccessToken;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// By what credentials will be found again: what the access token tells of the wallet, and the proofs of the keys.
final class Origins {
    private Origins() {}

    static IssuanceOrigin of(AccessToken token, HolderKeys proven) {
        var wallet = token.wallet();
        var vouched = proven.vouched();
        return new IssuanceOrigin(
                token.clientId(),
                wallet.map(AttestedWallet::instance),
                wallet.flatMap(AttestedWallet::provider).or(vouched::attester),
                attestedKeys(proven),
                OfferNames.of(token.authorizationId()),
                Optional.empty(),
                Stream.concat(
                                wallet.flatMap(AttestedWallet::status).stream()
                                        .map(status -> new AttestationReference(Kind.WALLET, status)),
                                vouched.statuses().stream().map(status -> new AttestationReference(Kind.KEYS, status)))
                        .distinct()
                        .toList());
    }

    private static List<String> attestedKeys(HolderKeys proven) {
        if (proven.vouched().keys().isEmpty()) {
            return List.of();
        }
        var attested = Set.copyOf(proven.vouched().keys());
        return proven.keys().stream()
                .map(key -> DpopProof.thumbprint(key.jwk()))
                .map(thumbprint -> attested.contains(thumbprint) ? thumbprint : IssuanceOrigin.NOT_ATTESTED)
                .toList();
    }
}
