package dev.intaglio.cli;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.clientattestation.ClientAttestation;
import dev.intaglio.wallet.spi.WalletAttestation;
import dev.intaglio.wallet.spi.WalletAttestations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A wallet provider in the same process, for trying: attests this wallet to whatever server asks, each time by a key that no
/// other server sees.
final class AttestingProvider implements WalletAttestations {
    private static final Duration LIFETIME = Duration.ofMinutes(30);

    private final SigningKey attester;
    private final String clientId;
    private final Clock clock;
    private final Map<URI, SigningKey> instanceKeys = new ConcurrentHashMap<>();

    /// @param attester whom authorization servers trust, by its certificates
    AttestingProvider(SigningKey attester, String clientId, Clock clock) {
        this.attester = attester;
        this.clientId = clientId;
        this.clock = clock;
    }

    /// @param file as typed
    static AttestingProvider read(Terminal terminal, String file, String clientId) {
        try {
            var key = SigningKey.of(JWK.parse(Files.readString(terminal.path(file))));
            return new AttestingProvider(key, clientId, terminal.clock());
        } catch (IOException | ParseException | IllegalArgumentException unreadable) {
            throw new CommandFailure(
                    "cannot read a private key from " + file + ": " + unreadable.getMessage(),
                    "--attester takes a file with one private JWK, with x5c where servers trust an authority.",
                    unreadable);
        }
    }

    @Override
    public WalletAttestation attestation(URI authorizationServer, boolean fresh) {
        var key = instanceKeys.computeIfAbsent(authorizationServer, server -> SigningKey.generate(JWSAlgorithm.ES256));
        var now = clock.instant();
        return new WalletAttestation(
                ClientAttestation.make(
                        attester,
                        "https://wallet-provider.example",
                        clientId,
                        key.publicJwk(),
                        now,
                        now.plus(LIFETIME)),
                key);
    }
}
