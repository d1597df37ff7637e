package dev.intaglio.protocol.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.RandomJson;
import dev.intaglio.protocol.credential.CredentialRequest.Selector;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.requirements.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("§8 Credential Request and Credential Response")
class CredentialMessagesTest {
    private final RandomJson random = new RandomJson(21);

    @Nested
    @DisplayName("§8.2 a request")
    class Requests {
        @Test
        @DisplayName("that was written is read again")
        void roundTrip() {
            for (var i = 0; i < 1_000; i++) {
                var selector = random.yes()
                        ? new Selector.Identifier("x" + random.text())
                        : new Selector.Configuration("x" + random.text());
                var request = new CredentialRequest(
                        selector,
                        random.yes() ? Optional.of(proofs()) : Optional.empty(),
                        random.yes() ? Optional.of(random.object()) : Optional.empty());
                assertThat(Json.readObject(request.write().bytes()).read(CredentialRequest::read))
                        .isEqualTo(request);
            }
        }

        private Proofs proofs() {
            return switch (random.upTo(2)) {
                case 0 -> new Proofs.Jwt(atLeastOne(random.some(random::text), random.text()));
                case 1 -> new Proofs.Attestation(random.text());
                default -> new Proofs.DataIntegrity(atLeastOne(random.some(random::object), random.object()));
            };
        }

        private static <T> List<T> atLeastOne(List<T> some, T one) {
            var list = new ArrayList<>(some);
            list.add(one);
            return list;
        }

        @ParameterizedTest
        @Requirement({"CI-CRED-4", "CI-CRED-6"})
        @DisplayName("that names what it wants in both ways or in neither, or has no proofs in proofs, is refused")
        @ValueSource(
                strings = {
                    "{}",
                    "{\"credential_identifier\":\"a\",\"credential_configuration_id\":\"b\"}",
                    "{\"credential_identifier\":1}",
                    "{\"credential_identifier\":\"a\",\"proofs\":{}}",
                    "{\"credential_identifier\":\"a\",\"proofs\":{\"jwt\":[]}}",
                    "{\"credential_identifier\":\"a\",\"proofs\":{\"jwt\":[\"a\"],\"di_vp\":[{}]}}",
                    "{\"credential_identifier\":\"a\",\"proofs\":{\"attestation\":[\"a\",\"b\"]}}",
                    "{\"credential_identifier\":\"a\",\"proofs\":{\"di_vp\":[\"a\"]}}",
                    "{\"credential_identifier\":\"a\",\"credential_response_encryption\":[]}"
                })
        void refused(String json) {
            assertThatThrownBy(() -> Json.readObject(json).read(CredentialRequest::read))
                    .isInstanceOf(JsonException.class);
        }

        @Test
        @DisplayName("with proofs of a type nobody knows is read, so that it can be refused by name")
        void unknownType() {
            var request = Json.readObject("{\"credential_identifier\":\"a\",\"proofs\":{\"cwt\":[\"x\",{},1]}}")
                    .read(CredentialRequest::read);
            assertThat(request.proofs().map(Proofs::type)).contains("cwt");
            assertThat(request.proofs().map(Proofs::size)).contains(3);
            assertThat(request.proofs().map(Proofs::write)).contains(Json.readObject("{\"cwt\":[\"x\",{},1]}"));
        }
    }

    @Nested
    @DisplayName("§8.3 a response")
    class Responses {
        @Test
        @Requirement({"CI-RESP-1", "CI-RESP-3"})
        @DisplayName("that was written is read again, with 200 or 202")
        void roundTrip() {
            for (var i = 0; i < 1_000; i++) {
                var credentials = new ArrayList<Object>(random.some(random::text));
                credentials.add(random.yes() ? random.object() : random.text());
                CredentialResponse response = random.yes()
                        ? new CredentialResponse.Issued(
                                credentials, random.yes() ? Optional.of(random.text()) : Optional.empty())
                        : new CredentialResponse.Deferred(random.text(), Duration.ofSeconds(1 + random.upTo(10_000)));
                assertThat(CredentialResponse.read(
                                Json.readObject(response.write().bytes())))
                        .isEqualTo(response);
                assertThat(response.status()).isEqualTo(response instanceof CredentialResponse.Issued ? 200 : 202);
            }
        }

        @ParameterizedTest
        @Requirement("CI-RESP-3")
        @DisplayName("that is both, neither, or malformed is refused")
        @ValueSource(
                strings = {
                    "{}",
                    "{\"credentials\":[]}",
                    "{\"credentials\":[\"a\"]}",
                    "{\"credentials\":[{}]}",
                    "{\"credentials\":[{\"credential\":1}]}",
                    "{\"credentials\":[{\"credential\":\"a\"}],\"transaction_id\":\"t\",\"interval\":5}",
                    "{\"transaction_id\":\"t\"}",
                    "{\"transaction_id\":\"t\",\"interval\":0}",
                    "{\"transaction_id\":\"t\",\"interval\":-1}",
                    "{\"transaction_id\":\"t\",\"interval\":\"5\"}",
                    "{\"transaction_id\":\"t\",\"interval\":99999999999999999999}"
                })
        void refused(String json) {
            assertThatThrownBy(() -> CredentialResponse.read(Json.readObject(json)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
