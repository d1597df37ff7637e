package dev.intaglio.drafts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.offer.CredentialOffer;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The examples of the drafts' own texts, in files of the names they have there. Line breaks that were printed inside strings are
/// left out.
@DisplayName("The examples printed in each draft are understood")
class ExamplesTest {
    private static Path directory(Draft draft) {
        try {
            return Path.of(Objects.requireNonNull(ExamplesTest.class.getResource("examples/" + draft.label()))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Path> files(Draft draft, String prefix) throws IOException {
        try (var files = Files.list(directory(draft))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    private static JsonObject read(Path file) throws IOException {
        return Json.readObject(Files.readAllBytes(file), JsonLimits.DOCUMENT);
    }

    /// What the draft's examples of configurations come to, as one issuer's metadata in 1.0.
    static JsonObject metadata(Draft draft) throws IOException {
        var array = new ArrayList<Object>();
        var map = JsonObject.builder();
        var names = new HashSet<String>();
        var name = "credential_configurations_supported";
        for (var file : files(draft, "credential_metadata_")) {
            var example = read(file);
            if (example.has("format")) {
                array.add((example.has("id")
                                ? example
                                : example.with("id", file.getFileName().toString()))
                        .members());
                continue;
            }
            name = example.has(name) ? name : "credentials_supported";
            var supported = example.object(name);
            for (var id : supported.members().keySet()) {
                // Two examples may describe different configurations under one name.
                map.put(names.add(id) ? id : id + " " + file.getFileName(), supported.object(id));
            }
        }
        var older = JsonObject.builder()
                .put(array.isEmpty() ? name : "credentials_supported", array.isEmpty() ? map.build() : array)
                .build();
        return Dialect.of(draft).newerMetadata(older);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("credential configurations become those of 1.0")
    void configurations(Draft draft) throws IOException {
        var supported = metadata(draft).object("credential_configurations_supported");

        assertThat(supported.members()).hasSizeGreaterThanOrEqualTo(2);
        for (var id : supported.members().keySet()) {
            var configuration = supported.object(id).read(CredentialConfiguration::read);
            assertThat(configuration.display()).as(id).isNotEmpty();
            assertThat(configuration.claims()).as(id).isNotEmpty();
            assertThat(configuration.bound()).as(id).isTrue();
            if (configuration.format().equals("mso_mdoc")) {
                assertThat(configuration.signingAlgorithms()).allMatch(Long.class::isInstance);
            }
        }
    }

    static Stream<Arguments> requests() throws IOException {
        return named("credential_request_");
    }

    static Stream<Arguments> offers() throws IOException {
        return named("credential_offer_");
    }

    private static Stream<Arguments> named(String prefix) throws IOException {
        var all = new ArrayList<Arguments>();
        for (var draft : Draft.values()) {
            for (var file : files(draft, prefix)) {
                all.add(Arguments.of(draft, file.getFileName().toString()));
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("requests")
    @DisplayName("Credential Requests name a configuration and bring proofs")
    void requests(Draft draft, String file) throws IOException {
        var example = read(directory(draft).resolve(file));
        // The texts ask for a format that they nowhere describe a configuration in; the type is the same.
        var asked = example.string("format").equals("jwt_vc_json-ld") ? example.with("format", "ldp_vc") : example;
        // An issuer of these drafts announces SD-JWT VC by the name they have for it.
        var metadata = Json.readObject(
                metadata(draft).text().replace("dc+sd-jwt", "vc+sd-jwt").getBytes(UTF_8), JsonLimits.DOCUMENT);
        var newer = Dialect.of(draft).newerCredentialRequest(asked, Catalogue.of(metadata));

        var request = newer.read(CredentialRequest::read);
        assertThat(request.proofs()).isPresent();
        assertThat(newer.members().keySet()).containsExactlyInAnyOrder("credential_configuration_id", "proofs");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("offers")
    @DisplayName("Credential Offers name configurations")
    void offers(Draft draft, String file) throws IOException {
        var example = read(directory(draft).resolve(file));
        var newer = Dialect.of(draft).newerOffer(example, Catalogue.of(metadata(draft)));

        var offer = newer.read(CredentialOffer::read);
        assertThat(offer.configurationIds()).isNotEmpty();
        var pin = example.text().contains("\"user_pin_required\":true")
                || example.text().contains("\"tx_code\"");
        assertThat(offer.grants()
                        .preAuthorizedCode()
                        .filter(code -> code.txCode().isPresent())
                        .isPresent())
                .isEqualTo(pin);
    }
}
