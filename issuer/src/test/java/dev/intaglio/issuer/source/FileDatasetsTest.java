package dev.intaglio.issuer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Claims from a file")
class FileDatasetsTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("are found by subject and definition; what is not there is denied")
    void finds() throws IOException {
        var datasets = FileDatasets.read(file("{\"erika\":{\"pid\":{\"family_name\":\"Mustermann\"}}}"));
        assertThat(datasets.find(entitlement("erika", "pid")))
                .isInstanceOfSatisfying(
                        Lookup.Ready.class,
                        ready -> assertThat(ready.dataset().claims().string("family_name"))
                                .isEqualTo("Mustermann"));
        assertThat(datasets.find(entitlement("erika", "diploma"))).isInstanceOf(Lookup.Denied.class);
        assertThat(datasets.find(entitlement("bilbo", "pid"))).isInstanceOf(Lookup.Denied.class);
    }

    @Test
    @DisplayName("are not read from a file that is missing or holds something else")
    void unreadable() throws IOException {
        assertThatThrownBy(() -> FileDatasets.read(directory.resolve("missing.json")))
                .isInstanceOf(NoSuchFileException.class);
        var array = file("[]");
        assertThatThrownBy(() -> FileDatasets.read(array)).isInstanceOf(JsonException.class);
    }

    private Path file(String json) throws IOException {
        return Files.writeString(directory.resolve("people.json"), json);
    }

    @Test
    @DisplayName("a table holds people: quotation marks, line breaks, objects by dots, empty cells for no claim")
    void csv() {
        var table = "subject,family_name,address.locality,address.country,note\r\n"
                + "erika,\"Muster, mann\",Köln,,\"says \"\"hi\"\"\nand leaves\"\r\n\r\n"
                + "bilbo,Baggins,,,";
        var datasets = FileDatasets.csv(table);
        var erika = ((Lookup.Ready) datasets.find(entitlement("erika", "diploma")))
                .dataset()
                .claims();
        assertThat(erika.string("family_name")).isEqualTo("Muster, mann");
        assertThat(erika.object("address").members()).containsOnlyKeys("locality");
        assertThat(erika.string("note")).isEqualTo("says \"hi\"\nand leaves");
        var bilbo = ((Lookup.Ready) datasets.find(entitlement("bilbo", "diploma")))
                .dataset()
                .claims();
        assertThat(bilbo.members()).containsOnlyKeys("family_name");
        assertThat(datasets.find(entitlement("frodo", "diploma"))).isInstanceOf(Lookup.Denied.class);
    }

    @Test
    @DisplayName("a table that is no table is refused by line")
    void brokenCsv() {
        assertThatThrownBy(() -> FileDatasets.csv("name\nErika")).hasMessageContaining("subject");
        assertThatThrownBy(() -> FileDatasets.csv("subject,a\nx,1\ny")).hasMessageContaining("line 3");
        assertThatThrownBy(() -> FileDatasets.csv("subject,a\nx,1\nx,2")).hasMessageContaining("line 3");
        assertThatThrownBy(() -> FileDatasets.csv("subject,a\nx,\"1")).hasMessageContaining("not closed");
        assertThatThrownBy(() -> FileDatasets.csv("subject,a\nx,\"1\"2")).hasMessageContaining("line 2");
        assertThatThrownBy(() -> FileDatasets.csv("subject,a,a.b\nx,1,2")).hasMessageContaining("a.b");
    }

    private static Entitlement entitlement(String subject, String definitionId) {
        CredentialDefinition definition = CredentialDefinitions.shipped().stream()
                .filter(one -> one.id().equals(definitionId))
                .findFirst()
                .orElseThrow();
        return new Entitlement(
                subject, definition, definition.configurations().getFirst(), Optional.empty(), Optional.empty(), "a-1");
    }
}
