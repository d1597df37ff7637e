package dev.intaglio.wallet;

import dev.intaglio.protocol.clientattestation.ChallengeResponse;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.protocol.clientattestation.ClientAttestationPop;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.wallet.spi.WalletAttestation;
import dev.intaglio.wallet.spi.WalletAttestations;
import java.net.URI;
import java.util.Optional;

/// A client that shows its Wallet Attestation and, anew for each request, that it has the attested key (App. E; sections 5, 6
/// and 8 of the draft on attestation-based client authentication).
final class AttestedClient implements Authenticator {
    private static final String USE_CHALLENGE = "use_attestation_challenge";
    private static final String USE_FRESH = "use_fresh_attestation";

    private final AuthorizationServerMetadata server;
    private final WalletAttestations attestations;
    private final Settings settings;
    private final Handler transport;
    private WalletAttestation attestation;
    private Optional<String> challenge = Optional.empty();

    AttestedClient(
            AuthorizationServerMetadata server, WalletAttestations attestations, Settings settings, Handler transport) {
        this.server = server;
        this.attestations = attestations;
        this.settings = settings;
        this.transport = transport;
        attestation = attestations.attestation(server.issuer(), false);
    }

    @Override
    public Optional<String> clientId() {
        return Optional.of(attestation.clientId());
    }

    @Override
    public Request post(URI endpoint, Form form) {
        if (challenge.isEmpty()) {
            challenge = server.challengeEndpoint().map(this::fetchChallenge);
        }
        var pop = ClientAttestationPop.make(
                attestation.instanceKey(),
                attestation.clientId(),
                server.issuer(),
                Unguessable.text(settings.random(), Unguessable.IDENTIFIER),
                settings.clock().instant(),
                challenge);
        return Request.post(endpoint, form.with("client_id", attestation.clientId()))
                .with(ClientAttestation.HEADER, attestation.jwt())
                .with(ClientAttestationPop.HEADER, pop);
    }

    private String fetchChallenge(URI endpoint) {
        return Answers.success(transport.handle(Request.post(endpoint)))
                .read(ChallengeResponse::read)
                .attestationChallenge();
    }

    @Override
    public void remember(Response response) {
        challenge = response.header(ClientAttestationPop.CHALLENGE_HEADER).or(() -> challenge);
    }

    @Override
    public boolean meets(String error) {
        return switch (error) {
            case USE_CHALLENGE -> true; // it came with the refusal, or the challenge endpoint has another
            case USE_FRESH -> {
                attestation = attestations.attestation(server.issuer(), true);
                yield true;
            }
            default -> false;
        };
    }
}
