package dev.intaglio.drafts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.drafts.wallet.DraftInterpreters;
import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.protocol.dialect.Interpreter;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.Wallet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName(
        "Our wallet at an issuer of a draft, both through their translations and nothing but the draft between them")
class OwnWalletTest {
    /// What went over the wire.
    private record Wire(Handler transport, List<String> bodies) implements Handler {
        @Override
        public Response handle(Request request) {
            bodies.add(request.method() + " " + request.uri().getRawPath() + " " + new String(request.body()));
            var response = transport.handle(request);
            bodies.add(response.status() + " " + new String(response.body()));
            return response;
        }

        String all() {
            return String.join("\n", bodies);
        }
    }

    private final List<String> bodies = new ArrayList<>();

    private Interpreter interpreter(HouseOfDrafts house) {
        return new DraftInterpreters().around(new Wire(house.handler(), bodies));
    }

    private static Wallet.Builder wallet(HouseOfDrafts house, Interpreter interpreter) {
        return Wallet.builder(interpreter.transport(), house.issuer().anchors())
                .clock(house.issuer().clock());
    }

    private Outcome receive(
            HouseOfDrafts house,
            Interpreter interpreter,
            String link,
            CreatedOffer offer,
            UnaryOperator<Wallet.Builder> options) {
        var wallet = options.apply(wallet(house, interpreter)).build();
        return wallet.receive(wallet.resolve(interpreter.link(link)), offer.txCode());
    }

    static Stream<Arguments> draftsAndFormats() {
        return Stream.of(Draft.values())
                .flatMap(draft -> Stream.of(
                                TestIssuer.PID,
                                TestIssuer.MDL,
                                "diploma_jwt_vc_json",
                                "diploma_ldp_vc",
                                "diploma_vc_jwt")
                        .map(configuration -> Arguments.of(draft, configuration)));
    }

    @ParameterizedTest(name = "{1} in {0}")
    @MethodSource("draftsAndFormats")
    @DisplayName("receives credentials of every format, by transaction code and bound token, and says what was spoken")
    void receives(Draft draft, String configurationId) {
        var house = HouseOfDrafts.of(draft.label());
        var interpreter = interpreter(house);
        var offer = house.issuer().offer(TxCode.numeric(6, "by post"), configurationId);

        var outcome = receive(house, interpreter, house.link(draft, offer), offer, UnaryOperator.identity());

        assertThat(outcome).isInstanceOf(Outcome.Received.class);
        assertThat(interpreter.spoken()).contains(draft.label());
        var wire = String.join("\n", bodies);
        assertThat(wire.contains("user_pin=")).isEqualTo(draft.upTo(Draft.DRAFT_12));
        assertThat(wire.contains("\"proof\":{")).isTrue();
        assertThat(wire).doesNotContain("\"proofs\":{");
        assertThat(wire.contains("POST /draft-15/nonce")).isEqualTo(draft == Draft.DRAFT_15);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("comes back for a credential that was not ready, and is told to wait in the draft's way")
    void deferred(Draft draft) {
        var ready = new boolean[1];
        var samples = TestIssuer.sampleDatasets();
        var house = HouseOfDrafts.of(
                draft.label(),
                options -> options.datasets(entitlement ->
                        ready[0] ? samples.find(entitlement) : new Lookup.Pending(Duration.ofSeconds(7))));
        var interpreter = interpreter(house);
        var offer = house.issuer().offer(TestIssuer.EMPLOYEE);
        var wallet = wallet(house, interpreter).build();

        var first = wallet.receive(wallet.resolve(house.link(draft, offer)), offer.txCode());
        assertThat(first).isInstanceOf(Outcome.Later.class);
        var second = wallet.askAgain(((Outcome.Later) first).deferred());
        assertThat(second).isInstanceOf(Outcome.Later.class);
        ready[0] = true;
        var third = wallet.askAgain(((Outcome.Later) second).deferred());

        assertThat(third).isInstanceOf(Outcome.Received.class);
        var wire = String.join("\n", bodies);
        assertThat(wire).contains("\"error\":\"issuance_pending\"");
        assertThat(wire.contains("acceptance_token")).isEqualTo(draft == Draft.DRAFT_11);
        assertThat(wallet.askAgain(((Outcome.Later) second).deferred())).isInstanceOf(Outcome.Refused.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"DRAFT_14", "DRAFT_15"})
    @DisplayName("gets several copies where the draft has several proofs")
    void copies(Draft draft) {
        var house = HouseOfDrafts.of(draft.label());
        var interpreter = interpreter(house);
        var offer = house.issuer().offer(TestIssuer.PID);

        var outcome = receive(house, interpreter, house.link(draft, offer), offer, wallet -> wallet.copies(3));

        assertThat(outcome).isInstanceOf(Outcome.Received.class);
        assertThat(((Outcome.Received) outcome).credentials()).hasSize(3);
        assertThat(String.join("\n", bodies).contains("\"credentials\":[\"ey")).isEqualTo(draft == Draft.DRAFT_14);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("reads offers by value, in the words of the draft")
    void byValue(Draft draft) {
        var house = HouseOfDrafts.of(draft.label());
        var interpreter = interpreter(house);
        var offer = house.issuer().offer(TestIssuer.EMPLOYEE);
        var path = offer.reference().getRawPath();
        var older = house.handler()
                .handle(Request.get(
                        URI.create(house.identifier(draft) + "/offers/" + path.substring(path.lastIndexOf('/') + 1))))
                .bodyObject();
        assertThat(older.has("credentials")).isEqualTo(draft.upTo(Draft.DRAFT_12));
        var link = Form.empty().with("credential_offer", older.text()).encoded();

        var outcome = receive(house, interpreter, "openid-credential-offer://" + link, offer, UnaryOperator.identity());

        assertThat(outcome).isInstanceOf(Outcome.Received.class);
        assertThat(interpreter.spoken()).contains(draft.label());
    }

    @ParameterizedTest
    @EnumSource(names = {"DRAFT_12", "DRAFT_13", "DRAFT_14", "DRAFT_15"})
    @DisplayName("asks for encrypted answers where the issuer demands them, and reads no other")
    void encrypted(Draft draft) {
        var house = HouseOfDrafts.of(draft.label(), options -> options.encryption(EncryptionPolicy.OPTIONAL));
        var sealed = new ArrayList<String>();
        var open = new boolean[1];
        Handler demanding = request -> {
            var sent = open[0] && request.method().equals("POST")
                    ? request.withBody(request.mediaType(), plain(request.body()))
                    : request;
            var response = house.handler().handle(sent);
            if (request.uri().getPath().endsWith("/credential")) {
                sealed.add(response.mediaType());
            }
            return request.uri().getPath().contains("openid-credential-issuer") ? demanding(response) : response;
        };
        var interpreter = new DraftInterpreters().around(demanding);
        var offer = house.issuer().offer(TestIssuer.PID);

        var outcome = receive(house, interpreter, house.link(draft, offer), offer, UnaryOperator.identity());

        assertThat(outcome).isInstanceOf(Outcome.Received.class);
        assertThat(sealed).contains("application/jwt");
        open[0] = true;
        var second = house.issuer().offer(TestIssuer.PID);
        assertThatThrownBy(
                        () -> receive(house, interpreter, house.link(draft, second), second, UnaryOperator.identity()))
                .hasMessageContaining("in the clear");
    }

    private static Response demanding(Response response) {
        var metadata = response.bodyObject();
        var changed = metadata.has("require_credential_response_encryption")
                ? metadata.with("require_credential_response_encryption", true)
                : metadata.with(
                        "credential_response_encryption",
                        metadata.object("credential_response_encryption").with("encryption_required", true));
        return Response.json(200, changed);
    }

    /// As somebody on the way would have it.
    private static byte[] plain(byte[] request) {
        if (request.length == 0 || request[0] != '{') {
            return request;
        }
        var body = Json.readObject(request);
        for (var name : List.copyOf(body.members().keySet())) {
            body = name.contains("encryption") ? body.without(name) : body;
        }
        return body.bytes();
    }

    @Test
    @DisplayName("an issuer of 1.0 is spoken to in 1.0")
    void standard() {
        var house = HouseOfDrafts.of("strict");
        var interpreter = interpreter(house);
        var offer = house.issuer().offer(TestIssuer.PID);

        var outcome = receive(house, interpreter, offer.linkByValue(), offer, UnaryOperator.identity());

        assertThat(outcome).isInstanceOf(Outcome.Received.class);
        assertThat(interpreter.spoken()).isEqualTo(Optional.empty());
    }
}
