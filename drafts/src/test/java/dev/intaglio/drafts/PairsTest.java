package dev.intaglio.drafts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.drafts.wire.Exchange;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Pairs of files: a message of a draft and the same of 1.0.
@DisplayName("Every message goes from the draft to 1.0 and back")
class PairsTest {
    static Stream<Arguments> pairs() throws IOException, URISyntaxException {
        var root = Path.of(
                Objects.requireNonNull(PairsTest.class.getResource("pairs")).toURI());
        try (var files = Files.walk(root)) {
            return files
                    .filter(file -> file.toString().endsWith(".draft.json"))
                    .sorted()
                    .map(file -> {
                        var name = file.getFileName().toString().replace(".draft.json", "");
                        return Arguments.of(file.getParent().getFileName().toString(), name);
                    })
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("pairs")
    @DisplayName("both ways")
    void bothWays(String draft, String message) throws IOException {
        var dialect = Dialect.of(Draft.of(draft));
        var older = read(draft, message + ".draft.json");
        var standard = read(draft, message + ".standard.json");
        var catalogue = Catalogue.of(read(draft, "metadata.standard.json"));

        assertThat(older(dialect, message, standard, catalogue).members()).isEqualTo(older.members());
        assertThat(newer(dialect, message, older, catalogue).members()).isEqualTo(standard.members());
    }

    private static JsonObject older(Dialect dialect, String message, JsonObject standard, Catalogue catalogue) {
        return switch (kind(message)) {
            case "metadata" -> dialect.olderMetadata(standard);
            case "offer" -> dialect.olderOffer(standard);
            case "credential-request" -> dialect.olderCredentialRequest(standard, catalogue);
            case "token-answer" -> written(dialect.olderTokenAnswer(answer(standard), exchange()));
            case "deferred-answer" -> written(dialect.olderDeferredAnswer(answer(standard), exchange()));
            case "credential-answer" -> written(dialect.olderCredentialAnswer(answer(standard), exchange()));
            default -> throw new IllegalArgumentException(message);
        };
    }

    private static JsonObject newer(Dialect dialect, String message, JsonObject older, Catalogue catalogue) {
        return switch (kind(message)) {
            case "metadata" -> dialect.newerMetadata(older);
            case "offer" -> dialect.newerOffer(older, catalogue);
            case "credential-request" -> dialect.newerCredentialRequest(older, catalogue);
            case "token-answer" -> written(dialect.newerTokenAnswer(answer(older)));
            case "deferred-answer" -> written(dialect.newerDeferredAnswer(answer(older), exchange()));
            case "credential-answer" -> written(dialect.newerCredentialAnswer(answer(older), exchange()));
            default -> throw new IllegalArgumentException(message);
        };
    }

    private static String kind(String message) {
        return Stream.of(
                        "metadata",
                        "offer",
                        "credential-request",
                        "token-answer",
                        "deferred-answer",
                        "credential-answer")
                .filter(message::startsWith)
                .findFirst()
                .orElseThrow();
    }

    private static Exchange exchange() {
        return new Exchange(
                JsonObject.builder().put("transaction_id", "t-1").build(),
                true,
                Optional.of("mso_mdoc"),
                Optional.of("at"),
                () -> "fresh-nonce",
                600);
    }

    private static Answer answer(JsonObject file) {
        return new Answer((int) file.integer("status"), file.object("body"));
    }

    private static JsonObject written(Answer answer) {
        return JsonObject.builder()
                .put("status", answer.status())
                .put("body", answer.body())
                .build();
    }

    @Test
    @DisplayName("the PIN of drafts 11 and 12 is the transaction code")
    void pin() {
        var standard = Form.empty().with("grant_type", "x").with("tx_code", "493536");
        for (var draft : Draft.values()) {
            var older = Dialect.of(draft).olderTokenRequest(standard);
            assertThat(older.value("user_pin").isPresent()).isEqualTo(draft.upTo(Draft.DRAFT_12));
            assertThat(Dialect.of(draft).newerTokenRequest(older).encoded()).isEqualTo(standard.encoded());
        }
    }

    static JsonObject read(String draft, String name) throws IOException {
        try (var resource = PairsTest.class.getResourceAsStream("pairs/" + draft + "/" + name)) {
            return Json.readObject(Objects.requireNonNull(resource, name).readAllBytes(), JsonLimits.DOCUMENT);
        }
    }
}
