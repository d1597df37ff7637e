package dev.intaglio.cli.inspect;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.mdoc.MsoMdocFormat;
import dev.intaglio.credential.sdjwtvc.Disclosure;
import dev.intaglio.credential.sdjwtvc.HashAlgorithm;
import dev.intaglio.credential.sdjwtvc.SdJwt;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What people bring to be inspected, made at one known time.
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-21T07:00:00Z");

    final DevelopmentCa ca =
            DevelopmentCa.create("Test authority", Clock.fixed(NOW, ZoneOffset.UTC), new SecureRandom());
    final SigningKey issuer = ca.issue("Test issuer", URI.create("https://issuer.example"), JWSAlgorithm.ES256);
    final SigningKey holder = SigningKey.generate(JWSAlgorithm.ES256);
    final TrustAnchors anchors = TrustAnchors.of(List.of(ca.anchor()));

    /// Two disclosed claims, one of them nested, one array element, and two digests without disclosure.
    String credential() {
        var country = Disclosure.of("s1", "country", "DE");
        var address = Disclosure.of("s2", "address", Map.of("_sd", List.of(digest(country)), "fixed", true));
        var element = Disclosure.ofElement("s3", "FR");
        var claims = JsonObject.builder()
                .put("vct", "urn:example:badge")
                .put("iat", NOW.getEpochSecond())
                .put("exp", NOW.getEpochSecond() + 14 * 86_400)
                .put("cnf", Map.of("jwk", SignedJwt.jwk(holder.publicJwk())))
                .put("status", Map.of("status_list", Map.of("idx", 7L, "uri", "https://issuer.example/status/1")))
                .put("_sd_alg", "sha-256")
                .put("_sd", List.of(digest(address), "decoy-digest"))
                .put("nationalities", List.of("DE", Map.of("...", digest(element)), Map.of("...", "another-decoy")))
                .build();
        return SdJwt.assemble(sign("dc+sd-jwt", claims), List.of(address, country, element));
    }

    /// A driving licence.
    String mdoc() {
        var licence = CredentialDefinitions.shipped().stream()
                .filter(definition -> definition.id().equals("mdl"))
                .findFirst()
                .orElseThrow();
        var claims = JsonObject.builder();
        licence.claims().all().stream()
                .filter(claim -> claim.mandatory() && claim.path().elements().size() == 1)
                .map(claim -> claim.path().toString())
                .forEach(name -> claims.put(name, name.endsWith("date") ? "2020-01-02" : "ZZ"));
        claims.put("driving_privileges", List.of(Map.of("vehicle_category_code", "B")));
        return new MsoMdocFormat(new SecureRandom())
                .issue(new Issuance(
                        licence,
                        licence.configurations().getFirst(),
                        new CredentialDataset(claims.build()),
                        Optional.of(new HolderKey(holder.publicJwk())),
                        Optional.empty(),
                        ca.issueDocumentSigner("Test signer", URI.create("https://issuer.example"), JWSAlgorithm.ES256),
                        URI.create("https://issuer.example"),
                        NOW));
    }

    /// A JWT of the issuer, with its chain.
    String sign(String type, JsonObject claims) {
        var header = JsonObject.builder()
                .put("typ", type)
                .put(
                        "x5c",
                        X5c.encode(issuer.chain()).stream()
                                .map(Object::toString)
                                .toList());
        return SignedJwt.sign(header.build(), claims, issuer);
    }

    String dpopProof() {
        return DpopProof.make(
                holder,
                "0123456789abcdef",
                "POST",
                URI.create("https://issuer.example/token"),
                NOW,
                Optional.of("n"),
                Optional.empty());
    }

    private static String digest(Disclosure disclosure) {
        return disclosure.digest(HashAlgorithm.SHA_256);
    }
}
