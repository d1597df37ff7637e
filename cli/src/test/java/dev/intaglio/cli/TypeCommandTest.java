package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
