package dev.intaglio.drafts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.drafts.wire.Exchange;
import dev.intaglio.protocol.credential.CredentialRequest;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.credential.DeferredCredentialRequest;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.notification.NotificationRequest;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every HTTP message that the text of a draft prints at the token, credential, batch, deferred, nonce and notification
/// endpoints. Line breaks inside strings are left out, and a comma that drafts 13 and 14 forgot is put in.
@DisplayName("The messages printed in each draft")
class PrintedMessagesTest {
    static Stream<Arguments> answers() throws IOException {
        return named("-answer-");
    }

    static Stream<Arguments> requests() throws IOException {
        return named("-request-");
    }

    static Stream<Arguments> credentialRequests() throws IOException {
        return named("credential-request-");
    }

    static Stream<Arguments> batches() throws IOException {
        return named("batch-request-");
    }

    private static Stream<Arguments> named(String part) throws IOException {
        var all = new ArrayList<Arguments>();
        for (var draft : Draft.values()) {
            for (var name : names(draft)) {
                if (name.contains(part)) {
                    all.add(Arguments.of(draft, name));
                }
            }
        }
        return all.stream();
    }

    private static Path directory(Draft draft) {
        try {
            return Path.of(Objects.requireNonNull(PrintedMessagesTest.class.getResource("printed/" + draft.label()))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String> names(Draft draft) throws IOException {
        try (var files = Files.list(directory(draft))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        }
    }

    private static JsonObject read(Draft draft, String name) throws IOException {
        return Json.readObject(Files.readAllBytes(directory(draft).resolve(name + ".json")), JsonLimits.DOCUMENT);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("answers")
    @DisplayName("answers are those of 1.0 in other words, and come out of it as they were printed")
    void bothWays(Draft draft, String name) throws IOException {
        var printed = read(draft, name);
        var body = printed.optionalObject("body").orElse(JsonObject.empty());
        var dialect = Dialect.of(draft);
        for (var one : name.startsWith("batch") ? responses(body) : List.of(body)) {
            var answer = new Answer((int) printed.integer("status"), one);
            var exchange = exchange(one);
            switch (name.substring(0, name.indexOf('-'))) {
                case "token" -> {
                    var newer = dialect.newerTokenAnswer(answer);
                    if (newer.successful() && !one.text().contains("\"format\"")) {
                        assertThat(newer.body().read(TokenResponse::read).accessToken())
                                .isNotEmpty();
                    }
                    assertSame(dialect.olderTokenAnswer(newer, exchange), answer);
                }
                case "credential", "batch" -> {
                    var newer = dialect.newerCredentialAnswer(answer, exchange);
                    readable(newer);
                    var older = dialect.olderCredentialAnswer(newer, exchange);
                    assertSame(name.startsWith("batch") ? inBatch(older) : older, answer);
                }
                case "deferred" -> {
                    var newer = dialect.newerDeferredAnswer(answer, exchange);
                    readable(newer);
                    assertSame(dialect.olderDeferredAnswer(newer, exchange), answer);
                }
                default ->
                    assertThat(answer.successful() || answer.error().isPresent())
                            .isTrue();
            }
        }
    }

    private static void readable(Answer newer) {
        if (newer.successful()) {
            newer.body().read(CredentialResponse::read);
        } else {
            assertThat(newer.error()).isPresent();
        }
    }

    private static void assertSame(Answer came, Answer printed) {
        var open = came;
        if (came.successful()) {
            // What drafts leave open, and we say.
            for (var optional : List.of("interval", "c_nonce", "c_nonce_expires_in")) {
                open = printed.body().has(optional) ? open : open.without(optional);
            }
        }
        if (open.body().has("acceptance_token") && printed.body().has("acceptance_token")) {
            open = open.with(
                    "acceptance_token", printed.body().string("acceptance_token")); // each issuer has its own kind
        }
        assertThat(open.status()).isEqualTo(printed.status());
        assertThat(open.body().members()).isEqualTo(printed.body().members());
    }

    private static List<JsonObject> responses(JsonObject batch) {
        return batch.objects("credential_responses");
    }

    /// One nonce stands beside all responses.
    private static Answer inBatch(Answer answer) {
        var bare = answer.without("c_nonce").without("c_nonce_expires_in");
        return new Answer(200, bare.body());
    }

    /// In which the same is said that was printed.
    private static Exchange exchange(JsonObject printed) {
        return new Exchange(
                JsonObject.empty(),
                !printed.has("credentials"),
                printed.optionalString("format"),
                printed.optionalString("acceptance_token").map(token -> ""),
                () -> printed.optionalString("c_nonce").orElse("fresh"),
                printed.optionalSeconds("c_nonce_expires_in").orElse(0L));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("requests")
    @DisplayName("requests are those of 1.0 in other words")
    void understood(Draft draft, String name) throws IOException {
        var printed = read(draft, name);
        var body = printed.optionalObject("body").orElse(JsonObject.empty());
        var dialect = Dialect.of(draft);
        switch (name.substring(0, name.indexOf('-'))) {
            case "token" -> {
                var form = dialect.newerTokenRequest(Form.read(printed.string("form")));
                assertThat(form.value("grant_type")).isPresent();
                assertThat(form.value("user_pin")).isEmpty();
                assertThat(form.value("tx_code").isPresent())
                        .isEqualTo(printed.string("form").contains("493536"));
            }
            case "credential" -> assertAsked(dialect, draft, body);
            case "batch" -> {
                for (var one : body.objects("credential_requests")) {
                    assertAsked(dialect, draft, one);
                }
            }
            case "deferred" -> {
                if (draft != Draft.DRAFT_11) {
                    body.read(DeferredCredentialRequest::read);
                }
            }
            case "notification" -> body.read(NotificationRequest::read);
            default -> assertThat(printed.string("path")).isEqualTo("/nonce");
        }
    }

    private static void assertAsked(Dialect dialect, Draft draft, JsonObject asked) throws IOException {
        var metadata = Json.readObject(
                ExamplesTest.metadata(draft)
                        .text()
                        .replace("dc+sd-jwt", "vc+sd-jwt")
                        .getBytes(UTF_8),
                JsonLimits.DOCUMENT);
        var newer = dialect.newerCredentialRequest(asked, Catalogue.of(metadata));
        assertThat(newer.read(CredentialRequest::read).proofs()).isPresent();
        assertThat(newer.members()).containsKey("proofs").doesNotContainKeys("proof", "format", "types", "doctype");
    }

    /// With a real proof and token in place of the printed, and our diploma for the degree.
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("credentialRequests")
    @DisplayName("a printed request, made real, is answered with the members that the draft prints")
    void answered(Draft draft, String name) throws IOException {
        var printed = read(draft, name);
        var body = printed.object("body");
        var several = body.has("proofs");
        var real = new Real(draft, printed.string("authorization").startsWith("BEARER"));
        var response = real.ask(body);

        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        var expected = printedMembers(draft, "credential-answer-", several);
        assertThat(members(response.bodyObject())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("batches")
    @DisplayName("a printed batch, made real, is answered in one")
    void answeredAsBatch(Draft draft, String name) throws IOException {
        var printed = read(draft, name);
        var real = new Real(draft, true);
        var response = real.batch(printed.object("body"));

        assertThat(response.status()).as(response.bodyText()).isEqualTo(200);
        var body = response.bodyObject();
        assertThat(body.members().keySet())
                .isEqualTo(
                        read(draft, "batch-answer-1").object("body").members().keySet());
        var expected = read(draft, "batch-answer-1").object("body").objects("credential_responses");
        assertThat(body.objects("credential_responses")).hasSameSizeAs(expected);
        assertThat(members(body.objects("credential_responses").getFirst())).isEqualTo(members(expected.getFirst()));
    }

    /// Those of the first printed answer of that kind. Drafts from 13 on may tell how to notify.
    private static Set<String> printedMembers(Draft draft, String kind, boolean several) throws IOException {
        for (var name : names(draft)) {
            if (name.startsWith(kind)) {
                var body = read(draft, name).optionalObject("body").orElse(JsonObject.empty());
                if (body.has(several || draft == Draft.DRAFT_15 ? "credentials" : "credential")) {
                    return members(body);
                }
            }
        }
        throw new AssertionError("nothing is printed");
    }

    private static Set<String> members(JsonObject body) {
        return body.members().keySet().stream()
                .filter(member -> !member.equals("notification_id"))
                .collect(Collectors.toSet());
    }

    /// A wallet that sends what is printed where an issuer of ours has the draft's identifier.
    private static final class Real {
        private final HouseOfDrafts house;
        private final Draft draft;
        private final FieldClient client;
        private final boolean upperCase;

        Real(Draft draft, boolean upperCase) {
            this.draft = draft;
            this.upperCase = upperCase;
            house = HouseOfDrafts.of(draft.label(), options -> options.dpopNonces(false));
            client = FieldClient.at(house);
        }

        Response ask(JsonObject printed) {
            var identified = printed.has("credential_identifier");
            var token = token(identified ? Optional.of(TestIssuer.MDL) : Optional.empty(), configuration(printed));
            return post("/credential", made(printed, token, nonce(token)), token);
        }

        Response batch(JsonObject printed) {
            var token = token(Optional.empty(), "diploma_jwt_vc_json", TestIssuer.MDL);
            var nonce = nonce(token);
            var all = printed.objects("credential_requests").stream()
                    .map(one -> made(one, token, nonce).members())
                    .toList();
            return post("/batch_credential", JsonObject.empty().with("credential_requests", all), token);
        }

        private static String configuration(JsonObject printed) {
            return printed.optionalString("format")
                            .filter("jwt_vc_json"::equals)
                            .isPresent()
                    ? "diploma_jwt_vc_json"
                    : TestIssuer.MDL;
        }

        private JsonObject token(Optional<String> detailed, String... configurations) {
            var offered = house.handler()
                    .handle(Request.get(URI.create(house.identifier(draft)
                            + "/offers/"
                            + last(house.issuer().offer(configurations).reference()))))
                    .bodyObject();
            var form = Form.empty()
                    .with("grant_type", "urn:ietf:params:oauth:grant-type:pre-authorized_code")
                    .with(
                            "pre-authorized_code",
                            offered.object("grants")
                                    .object("urn:ietf:params:oauth:grant-type:pre-authorized_code")
                                    .string("pre-authorized_code"));
            if (detailed.isPresent()) {
                form = form.with(
                        "authorization_details",
                        Json.writeString(List.of(
                                Map.of("type", "openid_credential", "credential_configuration_id", detailed.get()))));
            }
            return FieldClient.success(client.post(URI.create(house.issuer().identifier() + "/token"), form));
        }

        private static String last(URI reference) {
            var path = reference.getRawPath();
            return path.substring(path.lastIndexOf('/') + 1);
        }

        private String nonce(JsonObject token) {
            if (draft.upTo(Draft.DRAFT_14)) {
                return token.string("c_nonce");
            }
            return house.handler()
                    .handle(Request.post(URI.create(house.identifier(draft) + "/nonce")))
                    .bodyObject()
                    .string("c_nonce");
        }

        private JsonObject made(JsonObject printed, JsonObject token, String nonce) {
            var made = Json.readObject(printed.text()
                    .replace("UniversityDegreeCredential", "UniversityDiploma")
                    .getBytes(UTF_8));
            if (made.has("credential_identifier")) {
                var identifier = token.objects("authorization_details")
                        .getFirst()
                        .strings("credential_identifiers")
                        .getFirst();
                made = made.with("credential_identifier", identifier);
            }
            return made.has("proofs")
                    ? made.with("proofs", FieldClient.several(proof(nonce), proof(nonce)))
                    : made.with("proof", FieldClient.one(proof(nonce)));
        }

        private String proof(String nonce) {
            return client.proofFor(house.identifier(draft), nonce);
        }

        private Response post(String path, JsonObject body, JsonObject token) {
            var scheme = upperCase ? "BEARER" : "Bearer";
            return house.handler()
                    .handle(Request.post(URI.create(house.identifier(draft) + path), body)
                            .with("Authorization", scheme + " " + token.string("access_token")));
        }
    }
}
