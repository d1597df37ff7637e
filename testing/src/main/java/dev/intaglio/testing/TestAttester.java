package dev.intaglio.testing;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.issuer.proof.KeyAttestationPolicy;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.KeyAttestation;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// A wallet provider that attests keys (App. D): certified, and as truthful as a test wants it.
///
/// ```java
/// var attester = TestAttester.create(clock);
/// var attestation = attester.attest(keys, wallet.nonce()).claim("key_storage", List.of("iso_18045_high"));
/// ```
public final class TestAttester {
    private static final URI PROVIDER = URI.create("https://wallet-provider.example");

    private final DevelopmentCa ca;
    private final SigningKey key;
    private final Clock clock;

    private TestAttester(DevelopmentCa ca, SigningKey key, Clock clock) {
        this.ca = ca;
        this.key = key;
        this.clock = clock;
    }

    public static TestAttester create(Clock clock) {
        var ca = DevelopmentCa.create("Test attesters", clock, new SecureRandom());
        return new TestAttester(ca, ca.issue("Test wallet provider", PROVIDER, JWSAlgorithm.ES256), clock);
    }

    /// For an issuer that is to trust this attester.
    public KeyAttestationPolicy trusted() {
        return KeyAttestationPolicy.trusting(TrustAnchors.of(List.of(ca.anchor())));
    }

    /// Who certifies the attester.
    public DevelopmentCa certificationAuthority() {
        return ca;
    }

    /// What the attester signs with.
    public SigningKey key() {
        return key;
    }

    /// An attestation of the highest levels, for an hour, that a test may alter.
    public TestJwt attest(List<SigningKey> keys, String nonce) {
        var claims = JsonObject.builder()
                .put("iss", PROVIDER.toString())
                .put("iat", clock.instant().getEpochSecond())
                .put("exp", clock.instant().plus(Duration.ofHours(1)).getEpochSecond())
                .put(
                        "attested_keys",
                        keys.stream()
                                .map(one -> SignedJwt.jwk(one.publicJwk()).without("use"))
                                .toList())
                .put("key_storage", List.of("iso_18045_high"))
                .put("user_authentication", List.of("iso_18045_high"))
                .put("certification", PROVIDER + "/certification")
                .put("nonce", nonce)
                .build();
        return TestJwt.of(KeyAttestation.TYPE, key, claims).certifiedBy(key.chain());
    }

    @Override
    public String toString() {
        return "TestAttester";
    }
}
