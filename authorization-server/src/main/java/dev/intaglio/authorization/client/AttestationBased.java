package dev.intaglio.authorization.client;

import dev.intaglio.authorization.client.AttestationStatus.Standing;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.clientattestation.AttestedWallet;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.clientattestation.ClientAttestationPop;
import dev.intaglio.protocol.dpop.DpopVerifier;
import dev.intaglio.protocol.dpop.ReplayGuard;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.nonce.KeyedNonces;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.oauth.TokenErrors;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Clients whose provider attests them (method `attest_jwt_client_auth`; App. E, attestation-based client authentication,
/// draft -07, section 9).
public final class AttestationBased implements ClientAuthentication {
    /// For `client_attestation_signing_alg_values_supported` and its sibling for PoPs: what [SignedJwt] verifies.
    public static final List<String> ALGORITHMS = List.of("ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    private final URI issuer;
    private final AttestationPolicy policy;
    private final RegisteredClients clients;
    private final KeyedNonces challenges;
    private final ReplayGuard replayGuard;
    private final Clock clock;

    /// @param clients one that is registered for another method cannot authenticate by this one
    public AttestationBased(
            URI issuer,
            AttestationPolicy policy,
            RegisteredClients clients,
            KeyedNonces challenges,
            ReplayGuard replayGuard,
            Clock clock) {
        this.issuer = issuer;
        this.policy = policy;
        this.clients = clients;
        this.challenges = challenges;
        this.replayGuard = replayGuard;
        this.clock = clock;
    }

    @Override
    public List<String> methods() {
        return List.of(ClientAttestation.METHOD);
    }

    @Override
    public Optional<Client> authenticate(Request request, Form form) {
        var attestations = request.headers().all(ClientAttestation.HEADER);
        var pops = request.headers().all(ClientAttestationPop.HEADER);
        if (attestations.isEmpty() && pops.isEmpty()) {
            return Optional.empty();
        }
        if (form.value("client_assertion").isPresent()
                || request.header("Authorization").isPresent()) {
            throw TokenErrors.invalidRequest("a client authenticates by one method (RFC 6749, section 2.3)");
        }
        try {
            var attestation = ClientAttestation.read(one(ClientAttestation.HEADER, attestations)); // §9 (1)-(4)
            requireTrusted(attestation); // §9 (5)
            requireInTime(attestation);
            requireNotRevoked(attestation); // App. E
            var pop = ClientAttestationPop.verify(one(ClientAttestationPop.HEADER, pops), attestation.instanceKey());
            requireSameClient(attestation, pop, form.value("client_id")); // §6.3
            requireForUsAndNow(pop);
            requireChallenge(pop); // §6.2
            requireFirstUse(attestation, pop); // §12.1
            return Optional.of(new Client(
                    Optional.of(attestation.clientId()), new Client.Authentication.Attested(wallet(attestation))));
        } catch (JsonException broken) {
            throw refusal(String.valueOf(broken.getMessage()));
        }
    }

    private static AttestedWallet wallet(ClientAttestation attestation) {
        var provider = attestation
                .issuer()
                .or(() -> attestation
                        .jwt()
                        .headerChain()
                        .map(chain -> X5c.parse(chain)
                                .getFirst()
                                .getSubjectX500Principal()
                                .getName()));
        return new AttestedWallet(
                attestation.instanceKeyThumbprint(),
                provider,
                attestation.jwt().claims().optionalObject("status"));
    }

    private static String one(String header, List<String> values) {
        if (values.size() != 1 || values.getFirst().indexOf(',') >= 0) {
            throw refusal("there is exactly one " + header + " header with one JWT");
        }
        return values.getFirst().strip();
    }

    private void requireTrusted(ClientAttestation attestation) {
        var chain = attestation.jwt().headerChain();
        if (chain.isEmpty()) {
            if (policy.attesterKeys().stream().noneMatch(attestation.jwt()::verifies)) {
                throw refusal("the client attestation is not signed by an attester we trust");
            }
            return;
        }
        try {
            var certificates = X5c.parse(chain.get());
            switch (policy.attesters().check(certificates, clock.instant())) {
                case TrustAnchors.Trusted ignored -> {
                    if (!attestation.jwt().verifies(X5c.publicJwk(certificates.getFirst()))) {
                        throw refusal(
                                "the client attestation's signature does not verify by the first certificate of its x5c");
                    }
                }
                case TrustAnchors.Untrusted(var reason) ->
                    throw refusal("the client attestation is not signed by an attester we trust")
                            .because(reason);
            }
        } catch (IllegalArgumentException malformed) {
            throw refusal("the client attestation's x5c is no certificate chain")
                    .because(malformed);
        }
    }

    private void requireInTime(ClientAttestation attestation) {
        var now = clock.instant();
        if (TokenTimes.past(attestation.expiresAt(), now)) {
            throw refusal("the client attestation has expired");
        }
        if (TokenTimes.inFuture(attestation.issuedAt(), now) || TokenTimes.inFuture(attestation.notBefore(), now)) {
            throw refusal("the client attestation is not good yet");
        }
        if (policy.longestAge().isPresent()) {
            var oldest = now.minus(policy.longestAge().get());
            if (attestation.issuedAt().filter(made -> !made.isBefore(oldest)).isEmpty()) {
                throw TokenErrors.useFreshAttestation();
            }
        }
    }

    private void requireNotRevoked(ClientAttestation attestation) {
        var claim = attestation.jwt().claims().optionalObject("status");
        if (claim.isEmpty() || policy.status().isEmpty()) {
            return;
        }
        switch (policy.status().get().find(claim.get())) {
            case Standing.Valid() -> {}
            case Standing.Revoked(var reason) ->
                throw refusal("the client attestation is revoked").because(reason);
            case Standing.Suspended(var reason) ->
                throw refusal("the client attestation is suspended").because(reason);
            case Standing.Unknown(var reason) ->
                throw refusal("whether the client attestation is revoked cannot be learnt now; try again later")
                        .because(reason);
        }
    }

    private void requireSameClient(ClientAttestation attestation, ClientAttestationPop pop, Optional<String> named) {
        var id = attestation.clientId();
        if (policy.issuerRequired()
                && (attestation.issuer().isEmpty() || pop.issuer().isEmpty())) {
            throw refusal("the client attestation and its PoP both have iss");
        }
        if (pop.issuer().filter(name -> !name.equals(id)).isPresent()
                || named.filter(name -> !name.equals(id)).isPresent()) {
            throw refusal("client_id, the client attestation's sub and the PoP's iss are the same");
        }
        var other =
                clients.find(id).filter(client -> !(client.method() instanceof RegisteredClient.Method.Attestation));
        if (other.isPresent()) {
            throw refusal("the client is registered for another method");
        }
    }

    private void requireForUsAndNow(ClientAttestationPop pop) {
        if (!pop.audience().equals(issuer.toString())) {
            throw refusal("the PoP's aud is not the issuer identifier of this authorization server");
        }
        var now = clock.instant();
        if (TokenTimes.inFuture(Optional.of(pop.issuedAt()), now)
                || pop.issuedAt().isBefore(now.minus(TokenTimes.ON_ITS_WAY))) {
            throw refusal("the PoP's iat is not now");
        }
    }

    private void requireChallenge(ClientAttestationPop pop) {
        var good = pop.challenge()
                .map(challenges::check)
                .filter(KeyedNonces.Check.Good.class::isInstance)
                .isPresent();
        if (!good && (policy.challengeRequired() || pop.challenge().isPresent())) {
            throw TokenErrors.useAttestationChallenge(challenges.next());
        }
    }

    private void requireFirstUse(ClientAttestation attestation, ClientAttestationPop pop) {
        var use = "client_attestation " + attestation.instanceKeyThumbprint() + ' ' + pop.id();
        Instant forgetAt = pop.issuedAt().plus(TokenTimes.ON_ITS_WAY).plus(DpopVerifier.SKEW);
        if (!replayGuard.firstUse(SignedJwt.sha256(use.getBytes(StandardCharsets.UTF_8)), forgetAt)) {
            throw refusal("the PoP's jti was used before");
        }
    }

    private static Refusal refusal(String reason) {
        return TokenErrors.invalidClient(reason);
    }
}
