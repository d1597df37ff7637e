package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.Verification;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestDids;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestJwt;
import dev.intaglio.testing.TestWallet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("§12.2.4 However a wallet names its key, the credential is bound to it")
class HolderIdentifierFlowTest {
    private static final List<String> FORMATS = List.of(
            TestIssuer.PID,
            "diploma_jwt_vc_json",
            "diploma_jwt_vc_json-ld",
            "diploma_vc_jwt",
            "diploma_vc_sd_jwt",
            "diploma_ldp_vc",
            TestIssuer.PID_MDOC);

    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();

    static Stream<Arguments> namings() {
        var namings = new ArrayList<Arguments>();
        for (var format : FORMATS) {
            for (var naming : List.of("jwk", "x5c", "did:jwk", "did:key")) {
                for (var algorithm : List.of("ES256", "EdDSA")) {
                    namings.add(Arguments.of(format, naming, algorithm));
                }
            }
        }
        return namings.stream();
    }

    @ParameterizedTest(name = "{0} by {1}, {2}")
    @MethodSource("namings")
    @Requirement({"CI-META-24", "CI-PROOF-4", "CI-CRED-13"})
    @DisplayName("in each format by each of its binding methods, and by no other")
    void bound(String configuration, String naming, String algorithm) {
        var key = issuer.certificationAuthority().issue("Holder", issuer.identifier(), JWSAlgorithm.parse(algorithm));
        var token = wallet.redeem(issuer.offer(configuration).offer()).token();
        var response = wallet.request(token, configuration)
                .proof(proof -> named(proof.by(key), naming, key))
                .send();
        var methods = issuer.credentialIssuer()
                .metadata()
                .configurations()
                .get(configuration)
                .bindingMethods();
        if (naming.startsWith("did:") && !methods.contains(naming)) {
            Refusals.assertRefused(response, 400, "invalid_proof");
            return;
        }
        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        var credential = Optional.ofNullable(response.bodyObject()
                        .objects("credentials")
                        .getFirst()
                        .members()
                        .get("credential"))
                .orElseThrow();
        assertThat(CredentialVerifiers.onClassPath().verify(credential, anchors(), TestIssuer.NOW, key.publicJwk()))
                .isInstanceOf(Verification.Verified.class);
        var subject = subject(credential);
        if (naming.startsWith("did:") && subject.isPresent()) {
            assertThat(subject.get().string("id")).startsWith(naming + ":");
        }
    }

    private static TestJwt named(TestJwt proof, String naming, SigningKey key) {
        return switch (naming) {
            case "jwk" -> proof;
            case "x5c" -> proof.certifiedBy(key.chain());
            case "did:jwk" -> proof.namedBy(TestDids.jwk(key));
            case "did:key" -> proof.namedBy(TestDids.key(key));
            default -> throw new IllegalArgumentException(naming);
        };
    }

    /// Where the format has one.
    private static Optional<JsonObject> subject(Object credential) {
        if (credential instanceof Map<?, ?> members) {
            return JsonObject.of(members).optionalObject("credentialSubject");
        }
        var compact = credential.toString().split("~", 2)[0];
        if (compact.indexOf('.') < 0) {
            return Optional.empty();
        }
        var claims = SignedJwt.parse(compact).claims();
        return claims.optionalObject("vc").orElse(claims).optionalObject("credentialSubject");
    }

    private TrustAnchors anchors() {
        var published = issuer.handler()
                .handle(Request.get(issuer.identifier().resolve("/.well-known/jwt-vc-issuer")))
                .bodyObject();
        return issuer.anchors()
                .with(published.object("jwks").objects("keys").stream()
                        .map(SignedJwt::publicKey)
                        .toList());
    }
}
