package dev.intaglio.credential.sdjwtvc;

import static org.assertj.core.api.Assertions.assertThat;

import com.authlete.sd.SDJWT;
import com.authlete.sd.SDObjectBuilder;
import com.authlete.sd.SDObjectDecoder;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.Verification;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Authlete's library for SD-JWTs, with Nimbus for the signature")
class AuthleteTest {
    private static final Instant NOW = Instant.parse("2026-11-03T10:15:30Z");
    private static final CredentialDefinition CARD = CredentialDefinition.read("""
            id: card
            display: [{locale: en, name: Card}]
            claims:
              - {path: [family_name]}
              - {path: [address]}
              - {path: [address, locality]}
              - {path: [address, country], sd: never}
              - {path: [nationalities]}
              - {path: [nationalities, null]}
              - {path: [portrait], sd: never}
            decoys: 4
            formats:
              dc+sd-jwt: {vct: "urn:example:card"}
              vc+sd-jwt: {credential_definition: {type: [VerifiableCredential, Card]}}
            """, "card.yaml");
    private static final JsonObject CLAIMS = Json.readObject("""
            {"family_name": "Möbius", "address": {"locality": "Köln", "country": "DE"},
             "nationalities": ["DE", "FR"], "portrait": "data:,"}
            """.getBytes(StandardCharsets.UTF_8));

    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);

    @ParameterizedTest
    @ValueSource(strings = {"dc+sd-jwt", "vc+sd-jwt"})
    @DisplayName("reads every claim of what we issue, and of a part of its disclosures that part")
    void readsOurs(String identifier) throws Exception {
        var configuration = CARD.configurations().stream()
                .filter(one -> one.format().equals(identifier))
                .findFirst()
                .orElseThrow();
        CredentialFormat format =
                CredentialFormats.onClassPath(new SecureRandom()).of(configuration);
        var credential = (String) format.issue(new Issuance(
                CARD,
                configuration,
                new CredentialDataset(CLAIMS),
                Optional.of(
                        new HolderKey(SigningKey.generate(JWSAlgorithm.ES256).publicJwk())),
                Optional.empty(),
                key,
                URI.create("https://issuer.example"),
                NOW));

        var read = SDJWT.parse(credential);
        assertThat(read.getBindingJwt()).isNull();
        assertThat(read.getDisclosures()).hasSize(6);
        var jwt = SignedJWT.parse(read.getCredentialJwt());
        assertThat(jwt.verify(new ECDSAVerifier((ECKey) key.publicJwk()))).isTrue();

        var payload = jwt.getJWTClaimsSet().toJSONObject();
        assertThat(about(decoded(payload, read.getDisclosures()))).containsAllEntriesOf(about(CLAIMS.members()));

        var name = read.getDisclosures().stream()
                .filter(one -> "family_name".equals(one.getClaimName()))
                .toList();
        var part = about(decoded(payload, name));
        assertThat(part).containsEntry("family_name", "Möbius").doesNotContainKeys("address", "nationalities");
    }

    private static Map<String, Object> decoded(
            Map<String, Object> payload, List<com.authlete.sd.Disclosure> disclosures) {
        var subject = payload.get("credentialSubject");
        if (subject instanceof Map<?, ?> inside) {
            var members = new LinkedHashMap<String, Object>();
            inside.forEach((name, value) -> members.put((String) name, value));
            return new SDObjectDecoder().decode(members, disclosures);
        }
        return new SDObjectDecoder().decode(payload, disclosures);
    }

    private static Map<String, Object> about(Map<String, ?> claims) {
        var about = new LinkedHashMap<String, Object>(claims);
        about.keySet().retainAll(CLAIMS.members().keySet());
        return about;
    }

    @Test
    @DisplayName("makes what we read and verify: members, elements, decoys and disclosures within disclosures")
    void makesTheirs() {
        var disclosures = new ArrayList<com.authlete.sd.Disclosure>();
        var address = new SDObjectBuilder();
        disclosures.add(address.putSDClaim("locality", "Köln"));
        address.putClaim("country", "DE");
        var element = new com.authlete.sd.Disclosure("FR");
        disclosures.add(element);
        var payload = new SDObjectBuilder();
        payload.putClaim("vct", "urn:example:card");
        payload.putClaim("iss", "https://issuer.example");
        payload.putClaim("exp", NOW.plusSeconds(3_600).getEpochSecond());
        disclosures.add(payload.putSDClaim("address", address.build()));
        disclosures.add(payload.putSDClaim("family_name", "Möbius"));
        payload.putClaim("nationalities", List.of("DE", element.toArrayElement()));
        payload.putDecoyDigests(3);
        var jwt = SignedJwt.sign(
                JsonObject.builder()
                        .put("typ", "dc+sd-jwt")
                        .put("kid", key.publicJwk().getKeyID())
                        .build(),
                JsonObject.of(payload.build(true)),
                key);
        var credential = new SDJWT(jwt, disclosures).toString();
        var trusted = TrustAnchors.none().with(List.of(key.publicJwk()));

        var verified = (Verification.Verified) new SdJwtVcVerifier().verify(credential, trusted, NOW);
        assertThat(about(verified.claims().members()))
                .isEqualTo(about(CLAIMS.without("portrait").members()));

        disclosures.removeLast();
        var kept = (Verification.Verified)
                new SdJwtVcVerifier().verify(new SDJWT(jwt, disclosures).toString(), trusted, NOW);
        assertThat(kept.claims().has("family_name")).isFalse();
    }
}
