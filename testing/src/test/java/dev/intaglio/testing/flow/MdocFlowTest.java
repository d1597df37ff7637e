package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.cose.CoseKey;
import dev.intaglio.credential.cose.CoseSign1;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestAttester;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("App. A.2: mdocs from offer to wallet")
class MdocFlowTest {
    private final TestIssuer issuer = TestIssuer.create();

    private Outcome.Received receive(int copies, String configurationId) {
        var wallet = Wallet.builder(issuer.handler(), issuer.anchors())
                .clock(issuer.clock())
                .copies(copies)
                .build();
        var offer = issuer.offer(configurationId);
        return (Outcome.Received) wallet.receive(wallet.resolve(offer.linkByValue()), offer.txCode());
    }

    @Test
    @Requirement("HAIP-2")
    @DisplayName("a driving licence, portrait and all, is issued and verified")
    void licence() {
        var received = receive(1, TestIssuer.MDL).credentials().getFirst();

        assertThat(received.verified().format()).isEqualTo("mso_mdoc");
        assertThat(received.verified().type()).isEqualTo("org.iso.18013.5.1.mDL");
        var elements = received.verified().claims().object("org.iso.18013.5.1");
        assertThat(elements.string("family_name")).isEqualTo("Mustermann");
        assertThat(Base64.getUrlDecoder().decode(elements.string("portrait"))).startsWith(0xff, 0xd8, 0xff);
    }

    @Test
    @Requirement("HAIP-2")
    @DisplayName("one definition gives the PID in both its formats, with the same claims")
    void oneDefinition() {
        var sdJwt = receive(1, TestIssuer.PID).credentials().getFirst().verified();
        var mdoc = receive(1, TestIssuer.PID_MDOC).credentials().getFirst().verified();

        assertThat(mdoc.type()).isEqualTo("eu.europa.ec.eudi.pid.1");
        var elements = mdoc.claims().object("eu.europa.ec.eudi.pid.1");
        assertThat(elements.string("birth_date")).isEqualTo(sdJwt.claims().string("birthdate"));
        assertThat(elements.strings("nationality")).isEqualTo(sdJwt.claims().strings("nationalities"));
        assertThat(elements.string("resident_city"))
                .isEqualTo(sdJwt.claims().object("address").string("locality"));
    }

    @ParameterizedTest
    @CsvSource({"ES256, EC2, 1", "ES384, EC2, 2", "ES512, EC2, 3", "EdDSA, OKP, 6"})
    @DisplayName("a JWT proof by a key of any kind binds the document to that key as a COSE_Key")
    void boundByJwt(String algorithm, String type, long curve) {
        var key = SigningKey.generate(JWSAlgorithm.parse(algorithm));
        var wallet = issuer.wallet();
        var token = wallet.redeem(issuer.offer(TestIssuer.MDL).offer()).token();
        var credential = wallet.request(token, TestIssuer.MDL)
                .proof(proof -> proof.by(key))
                .credential();

        var mso = mso(credential);
        var deviceKey = entry(entry(mso, Cbor.of("deviceKeyInfo")), Cbor.of("deviceKey"));
        assertThat(entry(deviceKey, Cbor.of(1))).isEqualTo(Cbor.of(type.equals("EC2") ? 2 : 1));
        assertThat(entry(deviceKey, Cbor.of(-1))).isEqualTo(Cbor.of(curve));
        assertThat(CoseKey.read(deviceKey).getRequiredParams())
                .isEqualTo(key.publicJwk().toPublicJWK().getRequiredParams());
        assertThat(deviceKey.members().entries().keySet())
                .as("the key and nothing beside it")
                .hasSize(type.equals("EC2") ? 4 : 3);
        var verified = (Verification.Verified)
                CredentialVerifiers.onClassPath().verify(credential, issuer.anchors(), TestIssuer.NOW, key.publicJwk());
        assertThat(verified.type()).isEqualTo(TestIssuer.MDL);
    }

    @Test
    @DisplayName("a key attestation binds a document to each of its keys as a COSE_Key")
    void boundByAttestation() {
        var attester = TestAttester.create(issuer.clock());
        var attesting = TestIssuer.builder()
                .clock(issuer.clock())
                .credentialIssuerOptions(
                        options -> options.proofs(ProofPolicy.DEFAULT.withKeyAttestations(attester.trusted())))
                .build();
        var keys = List.of(SigningKey.generate(JWSAlgorithm.ES256), SigningKey.generate(JWSAlgorithm.EdDSA));
        var wallet = attesting.wallet();
        var token = wallet.redeem(attesting.offer(TestIssuer.MDL).offer()).token();
        var attestation = JsonObject.builder()
                .put(
                        "attestation",
                        List.of(attester.attest(keys, wallet.nonce()).compact()))
                .build();
        var credentials =
                wallet.request(token, TestIssuer.MDL).proofs(attestation).credentials();

        var bound = credentials.stream()
                .map(credential ->
                        entry(entry(mso((String) credential), Cbor.of("deviceKeyInfo")), Cbor.of("deviceKey")))
                .map(deviceKey -> DpopProof.thumbprint(CoseKey.read(deviceKey)))
                .toList();
        assertThat(bound)
                .containsExactly(
                        DpopProof.thumbprint(keys.getFirst().publicJwk()),
                        DpopProof.thumbprint(keys.getLast().publicJwk()));
    }

    private static Cbor mso(String credential) {
        var issuerSigned = CborReader.read(Base64.getUrlDecoder().decode(credential));
        var payload = CoseSign1.read(entry(issuerSigned, Cbor.of("issuerAuth"))).payload();
        return CborReader.read(CborReader.read(payload).tagged(24).bytes());
    }

    private static Cbor entry(Cbor map, Cbor key) {
        return Objects.requireNonNull(map.members().entries().get(key));
    }

    @Test
    @Requirement("CI-PRIV-1")
    @DisplayName("copies are bound to keys of their own and say nothing that links them")
    void batch() {
        var credentials = receive(3, TestIssuer.MDL).credentials();

        assertThat(credentials).hasSize(3);
        assertThat(credentials.stream()
                        .map(one -> one.verified().holderKey().orElseThrow().getRequiredParams()))
                .doesNotHaveDuplicates();
        assertThat(credentials.stream().map(one -> one.verified().expires()).distinct())
                .hasSize(1);
    }
}
