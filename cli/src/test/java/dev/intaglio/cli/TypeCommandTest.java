package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypeCommandTest {
    private static final String CARD = """
            id: library-card
            display:
              - {locale: en, name: Library card, description: Borrow what you like}
              - {locale: de, name: Bibliotheksausweis}
            claims:
              - {path: [card_number], mandatory: true, sd: never, display: {en: Card number, de: Nummer}}
              - {path: [name], display: {en: "Name <b>"}}
              - {path: [name, given]}
            formats:
              dc+sd-jwt: {vct: "urn:example:library-card:1"}
              vc+jwt: {credential_definition: {type: [VerifiableCredential, LibraryCard]}}
              mso_mdoc:
                doctype: org.example.card
                claims: [name]
            decoys: 2
            """;

    @TempDir
    private Path directory;

    private Ran check(String text) throws IOException {
        Files.writeString(directory.resolve("card.yaml"), text);
        return Ran.in(directory).run("type", "check", "card.yaml", "--json");
    }

    @Test
    @DisplayName("type check says what each format carries, and what of the definition it cannot")
    void contents() throws IOException {
        var ran = check(CARD);
        assertThat(ran.code()).as(ran.err()).isZero();
        var formats = ran.json().objects("formats");
        assertThat(formats).extracting(one -> one.string("format")).containsExactly("dc+sd-jwt", "vc+jwt", "mso_mdoc");
        assertThat(formats.get(0).strings("lost")).isEmpty();
        assertThat(formats.get(0).objects("carries"))
                .extracting(claim -> claim.flag("selective"))
                .containsExactly(false, true, true);
        assertThat(formats.get(1).strings("lost"))
                .anyMatch(lost -> lost.contains("2 claims"))
                .anyMatch(lost -> lost.contains("decoys"));
        assertThat(formats.get(1).objects("carries").getFirst().string("place")).contains("credentialSubject");
        assertThat(formats.get(2).objects("carries"))
                .extracting(claim -> claim.string("place"))
                .containsExactly("org.example.card name", "org.example.card name, as a part of it");
        assertThat(formats.get(2).strings("lost")).anyMatch(lost -> lost.contains("card_number"));

        var text = Ran.in(directory).run("type", "check", "card.yaml");
        assertThat(text.out()).contains("can be issued in all its formats", "mso_mdoc", "lost");
    }

    @Test
    @DisplayName("type check finds that the shipped diploma can be issued in every format, and what each of them loses")
    void everyFormat() throws IOException {
        try (var diploma = Objects.requireNonNull(
                CredentialDefinition.class.getResourceAsStream("/intaglio/credentials/diploma.yaml"))) {
            Files.copy(diploma, directory.resolve("diploma.yaml"));
        }
        var ran = Ran.in(directory).run("type", "check", "diploma.yaml", "--json");

        assertThat(ran.code()).as(ran.out()).isZero();
        var formats = ran.json().objects("formats");
        assertThat(formats)
                .extracting(one -> one.string("format"))
                .containsExactlyInAnyOrderElementsOf(
                        CredentialFormats.onClassPath(new SecureRandom()).identifiers());
        var claims = CredentialDefinition.load(directory.resolve("diploma.yaml"))
                .claims()
                .all()
                .size();
        for (var format : formats) {
            assertThat(format.optionalString("error")).isEmpty();
            // The object around the parts of the degree is no element of an mdoc; its parts are.
            assertThat(format.objects("carries"))
                    .as(format.string("format"))
                    .hasSize(format.string("format").equals("mso_mdoc") ? claims - 1 : claims);
            assertThat(format.strings("lost")).noneMatch(lost -> lost.contains("the claim"));
        }
    }

    @Test
    @DisplayName("type check tells the line of what is wrong, of each format by itself")
    void mistakes() throws IOException {
        var ran = check(CARD.replace("vct:", "vtc:").replace("doctype:", "doctyp:"));
        assertThat(ran.code()).isEqualTo(1);
        var formats = ran.json().objects("formats");
        assertThat(formats.get(0).string("error")).startsWith("card.yaml:10:").contains("vct");
        assertThat(formats.get(1).optionalString("error")).isEmpty();
        assertThat(formats.get(2).string("error")).startsWith("card.yaml:13:").contains("doctype");

        var broken = check(CARD.replace("decoys: 2", "decoy: 2"));
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.json().string("error")).startsWith("card.yaml:15:").contains("decoys");

        var missing = Ran.in(directory).run("type", "check", "none.yaml");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("there is no file none.yaml");
    }

    @Test
    @DisplayName("type check --profile haip finds what HAIP does not allow, with its line")
    void profile() throws IOException {
        var named = CARD.replace("vct:", "issuer_key: jwks, vct:");
        assertThat(check(named).code()).isZero();

        var ran = Ran.in(directory).run("type", "check", "card.yaml", "--json", "--profile", "haip");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.json().objects("formats").getFirst().string("error"))
                .startsWith("card.yaml:10:")
                .contains("x5c", "HAIP 6.1.1");
    }

    @Test
    @DisplayName("type check finds a schema that requires a status, and a status no format has a place for")
    void status() throws IOException {
        var schema = "LibraryCard]}, credential_schema: {type: JsonSchema, document: {required: [credentialStatus]}}}";
        var without = check(CARD.replace("LibraryCard]}}", schema));
        assertThat(without.code()).isEqualTo(1);
        assertThat(without.json().objects("formats").get(1).string("error"))
                .startsWith("card.yaml:11:")
                .contains("requires credentialStatus", "status: {}");
        assertThat(check(CARD.replace("LibraryCard]}}", schema) + "status: {}\n")
                        .code())
                .isZero();

        var nowhere = check(CARD + "status: {mechanisms: [bitstring-status-list]}\n");
        assertThat(nowhere.code()).isEqualTo(1);
        assertThat(nowhere.json().objects("formats").getFirst().string("error")).contains("bitstring-status-list");
    }

    @Test
    @DisplayName("type preview shows the card as text, and as a page in all its languages with nothing to be fetched")
    void preview() throws IOException {
        check(CARD);
        var ran = Ran.in(directory)
                .run("type", "preview", "card.yaml", "--issuer", "City Library", "--html", "card.html");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("Library card", "Borrow what you like", "Card number · Name", "City Library", "╰");
        var page = Files.readString(directory.resolve("card.html"));
        assertThat(page)
                .contains("Library card", "Bibliotheksausweis", "City Library", "Nummer", "Name &lt;b&gt;")
                .contains(".credential")
                .doesNotContain("href=", "<script");

        var broken = check(CARD.replace("decoys: 2", "decoy: 2"));
        assertThat(broken.code()).isEqualTo(1);
        var refused = Ran.in(directory).run("type", "preview", "card.yaml");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("card.yaml:15:").contains("type check card.yaml");
    }

    @Test
    @DisplayName("type by itself says what there is")
    void alone() {
        var ran = Ran.command("type");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("check", "preview");
    }
}
