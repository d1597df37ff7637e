package dev.intaglio.credential.sdjwtvc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.protocol.json.Json;
import java.net.URI;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("SD-JWT VC §6 Type Metadata")
class TypeMetadataTest {
    private static final CredentialDefinition CARD = CredentialDefinition.read("""
            id: card
            look: {background_color: "#102030", logo: {uri: "data:,x"}}
            display:
              - {locale: de, name: Karte}
              - {locale: en, name: Card, description: A card}
            claims:
              - {path: [number], mandatory: true, sd: never, display: {en: Number, de: Nummer}}
              - {path: [pets, null]}
            formats:
              dc+sd-jwt: {vct: "https://issuer.example.com/card"}
            """, "card.yaml");

    private static TypeMetadata metadata() {
        return TypeMetadata.of(CARD, CARD.configurations().getFirst());
    }

    @Test
    @DisplayName("says type, names, look, and of each claim its path, labels, presence and disclosure")
    void document() {
        assertThat(Json.readObject(metadata().bytes())).isEqualTo(Json.readObject("""
                {"vct": "https://issuer.example.com/card",
                 "name": "Card",
                 "description": "A card",
                 "display": [
                   {"locale": "de", "name": "Karte",
                    "rendering": {"simple": {"logo": {"uri": "data:,x"}, "background_color": "#102030"}}},
                   {"locale": "en", "name": "Card", "description": "A card",
                    "rendering": {"simple": {"logo": {"uri": "data:,x"}, "background_color": "#102030"}}}],
                 "claims": [
                   {"path": ["number"], "mandatory": true, "sd": "never",
                    "display": [{"locale": "en", "label": "Number"}, {"locale": "de", "label": "Nummer"}]},
                   {"path": ["pets", null], "sd": "allowed"}]}
                """));
    }

    @Test
    @DisplayName("has the integrity of the bytes served, which are always the same")
    void integrity() throws Exception {
        var bytes = metadata().bytes();

        assertThat(bytes).isEqualTo(metadata().bytes());
        assertThat(metadata().integrity())
                .isEqualTo("sha256-"
                        + Base64.getEncoder()
                                .encodeToString(
                                        MessageDigest.getInstance("SHA-256").digest(bytes)));
        bytes[0] = 'x';
        assertThat(metadata().bytes()[0]).as("nobody changes what is served").isEqualTo((byte) '{');
    }

    @Test
    @DisplayName("is served by the issuer whose address the type has")
    void served() {
        var issuer = URI.create("https://issuer.example.com/tenant");

        assertThat(TypeMetadata.servedBy(issuer, "https://issuer.example.com/card"))
                .isTrue();
        assertThat(TypeMetadata.servedBy(issuer, "https://issuer.example.com:8443/card"))
                .isFalse();
        assertThat(TypeMetadata.servedBy(issuer, "https://issuer.example.com.evil.example/card"))
                .isFalse();
        assertThat(TypeMetadata.servedBy(issuer, "urn:card")).isFalse();
        assertThat(TypeMetadata.servedBy(issuer, "https:")).isFalse();
        assertThat(TypeMetadata.servedBy(issuer, "https://issuer.example.com")).isFalse();
        assertThat(TypeMetadata.servedBy(issuer, "https://issuer.example.com/card?v=1"))
                .isFalse();
    }

    @Test
    @DisplayName("is published under types/, and at the type's own address")
    void published() {
        var documents = new SdJwtVcFormat(new SecureRandom())
                .documents(
                        URI.create("https://issuer.example.com/tenant"),
                        CARD,
                        CARD.configurations().getFirst());

        assertThat(documents).containsOnlyKeys("/tenant/types/card_dc_sd_jwt", "/card");
        assertThat(documents.values())
                .allSatisfy(bytes -> assertThat(bytes).isEqualTo(metadata().bytes()));
    }
}
