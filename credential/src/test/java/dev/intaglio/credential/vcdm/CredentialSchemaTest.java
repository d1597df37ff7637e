package dev.intaglio.credential.vcdm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitionException;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A credential_schema")
class CredentialSchemaTest {
    private static final URI ISSUER = URI.create("https://issuer.example/one");
    private static final String REQUIRING = "{required: [issuer, credentialStatus]}";

    private final CredentialFormats formats = CredentialFormats.onClassPath(new SecureRandom());

    @TempDir
    private Path directory;

    private static String definition(String schema, String more) {
        return """
                id: member
                display: [{locale: en, name: Member}]
                claims: [{path: [partyId], mandatory: true}]
                formats:
                  vc+jwt:
                    credential_definition: {type: [VerifiableCredential, Member]}
                    credential_schema:
                      type: JsonSchema
                      %s
                %s
                """.formatted(schema, more);
    }

    private CredentialDefinition checked(String text) {
        return formats.check(CredentialDefinition.read(text, "member.yaml"));
    }

    private JsonObject served(CredentialDefinition definition) {
        var configuration = definition.configurations().getFirst();
        var documents = formats.of(configuration).documents(ISSUER, definition, configuration);
        assertThat(documents).containsOnlyKeys("/one/schemas/member_vc_jwt");
        return Json.readObject(Objects.requireNonNull(documents.get("/one/schemas/member_vc_jwt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"document: " + REQUIRING, "document: {allOf: [{type: object}, " + REQUIRING + "]}"})
    @DisplayName("that requires credentialStatus needs a definition with a status, and says so with its line")
    void requiresStatus(String schema) {
        assertThatThrownBy(() -> checked(definition(schema, "")))
                .isInstanceOf(CredentialDefinitionException.class)
                .hasMessageStartingWith("member.yaml:9:")
                .hasMessageContaining("requires credentialStatus")
                .hasMessageContaining("status: {}");
        assertThatThrownBy(() -> checked(definition(schema, "status: {mechanisms: [token-status-list]}")))
                .hasMessageStartingWith("member.yaml:9:")
                .hasMessageContaining("bitstring-status-list");
        assertThatCode(() -> checked(definition(schema, "status: {}"))).doesNotThrowAnyException();
        assertThatCode(() -> checked(definition(schema, "status: {mechanisms: [bitstring-status-list]}")))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("that does not, does not")
    void requiresNothing() {
        assertThatCode(() ->
                        checked(definition("document: {required: [issuer], properties: {credentialStatus: {}}}", "")))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("may lie beside the definition, and is looked at there")
    void file() throws IOException {
        Files.writeString(directory.resolve("member.schema.json"), "{\"required\": [\"credentialStatus\"]}");
        var file = directory.resolve("member.yaml");

        Files.writeString(file, definition("document: member.schema.json", ""));
        var loaded = CredentialDefinition.load(file);
        assertThatThrownBy(() -> formats.check(loaded))
                .hasMessageStartingWith("member.yaml:9:")
                .hasMessageContaining("requires credentialStatus");

        Files.writeString(file, definition("document: nowhere.schema.json", ""));
        var missing = CredentialDefinition.load(file);
        assertThatThrownBy(() -> formats.check(missing))
                .hasMessageStartingWith("member.yaml:9:")
                .hasMessageContaining("nowhere.schema.json");

        assertThatThrownBy(() -> checked(definition("document: member.schema.json", "status: {}")))
                .hasMessageStartingWith("member.yaml:9:")
                .hasMessageContaining("no file");
    }

    @Test
    @DisplayName("without an id is served: what the definition shows of it, or what is made of the definition")
    void served() {
        assertThat(served(checked(definition("document: {title: Theirs}", "status: {}"))))
                .isEqualTo(JsonObject.builder().put("title", "Theirs").build());

        var made = served(checked(definition("", "status: {}")));
        assertThat(made.strings("required")).isEqualTo(List.of("credentialSubject", "credentialStatus"));
        assertThat(served(checked(definition("", ""))).strings("required")).isEqualTo(List.of("credentialSubject"));
    }

    @Test
    @DisplayName("with an id is somebody else's to serve, and credentials name it without its document")
    void elsewhere() {
        var definition = checked(definition("id: https://framework.example/member.json\n      document: {}", ""));
        var configuration = definition.configurations().getFirst();

        assertThat(formats.of(configuration).documents(ISSUER, definition, configuration))
                .isEmpty();
        var schema = CredentialSchema.of(configuration).orElseThrow();
        assertThat(schema.reference(ISSUER, configuration).members())
                .containsOnlyKeys("id", "type")
                .containsEntry("id", "https://framework.example/member.json");
    }
}
