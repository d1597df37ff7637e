package dev.intaglio.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitionException;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.spi.PreAuthorizedCodes;
import dev.intaglio.issuer.status.StatusSettings;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusOperations;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.requirements.Requirement;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The Credential Issuer as it is put together")
class CredentialIssuerTest {
    private static final URI ISSUER = URI.create("https://issuer.example");
    private static final KeyRing KEYS = KeyRing.of(SigningKey.generate(JWSAlgorithm.ES256));
    private static final String TICKET = """
            id: ticket
            display: [{locale: en, name: Ticket}]
            claims: [{path: [seat], display: {en: Seat}}]
            formats: {dc+sd-jwt: {configuration_id: %s, vct: "%s"}}
            validity: P1D
            """;

    @Nested
    @DisplayName("is not built")
    class NotBuilt {
        @Test
        @DisplayName("without what it needs, and says what that is")
        void missing() {
            assertThatThrownBy(() -> bare(CredentialDefinitions.shipped()).build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs");
            assertThatThrownBy(() -> bare(CredentialDefinitions.shipped())
                            .datasets(entitlement -> Lookup.denied("nobody"))
                            .accessTokens(token -> Optional.empty())
                            .preAuthorizedCodes(new NoCodes())
                            .build())
                    .hasMessageContaining("stores");
            assertThatThrownBy(() -> bare(CredentialDefinitions.shipped())
                            .datasets(entitlement -> Lookup.denied("nobody"))
                            .accessTokens(token -> Optional.empty())
                            .preAuthorizedCodes(new NoCodes())
                            .stores(new NoOffers(), (issuance, nonces) -> true, (value, until) -> true)
                            .build())
                    .hasMessageContaining("statuses: the definition pid has a status");
        }

        @ParameterizedTest
        @Requirement("CI-META-1")
        @DisplayName("under an identifier that is none")
        @ValueSource(strings = {"http://issuer.example", "https://issuer.example?a=b", "https://issuer.example#a"})
        void identifier(String identifier) {
            assertThatThrownBy(() -> CredentialIssuer.builder(URI.create(identifier), List.of(), KEYS, new byte[32]))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @Requirement("CI-META-20")
        @DisplayName("with two configurations of one name, or a format there is not")
        void definitions() {
            assertThatThrownBy(() -> complete(List.of(ticket("a", "urn:a"), ticket("a", "urn:b")))
                            .build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("a");
            var unknown = CredentialDefinition.read(
                    TICKET.formatted("t", "urn:t").replace("dc+sd-jwt", "x-new"), "ticket.yaml");
            assertThatThrownBy(() -> complete(List.of(unknown)).build())
                    .isInstanceOf(CredentialDefinitionException.class)
                    .hasMessageContaining("there is no format `x-new` here");
        }

        @Test
        @Requirement("CI-META-18")
        @DisplayName("for batches of none")
        void batchSize() {
            assertThatThrownBy(() -> bare(List.of()).batchSize(0)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @DisplayName("with a secret that is too short")
        void nonceKey() {
            assertThatThrownBy(() -> CredentialIssuer.builder(ISSUER, List.of(), KEYS, new byte[16])
                            .datasets(entitlement -> Lookup.denied("nobody"))
                            .accessTokens(token -> Optional.empty())
                            .preAuthorizedCodes(new NoCodes())
                            .stores(new NoOffers(), (issuance, nonces) -> true, (value, until) -> true)
                            .build())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("serves")
    class Serves {
        @Test
        @DisplayName("its own paths and no others")
        void paths() {
            var issuer = complete(List.of(ticket("t", "https://issuer.example/vct/ticket")))
                    .build();
            for (var path : List.of(
                    "/credential",
                    "/nonce",
                    "/offers/x",
                    "/.well-known/openid-credential-issuer",
                    "/.well-known/jwt-vc-issuer",
                    "/types/t",
                    "/vct/ticket")) {
                assertThat(issuer.serves(path)).as(path).isTrue();
            }
            for (var path : List.of(
                    "/",
                    "/token",
                    "/offers",
                    "/offers/x/y",
                    "/credential/",
                    "/types",
                    "/.well-known/oauth-authorization-server")) {
                assertThat(issuer.serves(path)).as(path).isFalse();
            }
        }

        @Test
        @DisplayName("the keys credentials can be verified by, public halves only")
        void issuerKeys() {
            var issuer = complete(List.of()).build();
            var document = issuer.handler()
                    .handle(Request.get(URI.create("https://issuer.example/.well-known/jwt-vc-issuer")))
                    .bodyObject();
            assertThat(document.string("issuer")).isEqualTo("https://issuer.example");
            assertThat(document.object("jwks").objects("keys"))
                    .singleElement()
                    .satisfies(key -> assertThat(key.members()).doesNotContainKey("d"));
        }

        @Test
        @DisplayName("the same metadata, byte by byte, whenever it is built")
        void sameBytes() {
            var address = Request.get(URI.create("https://issuer.example/.well-known/openid-credential-issuer"));
            var some =
                    complete(CredentialDefinitions.shipped()).build().handler().handle(address);
            var other =
                    complete(CredentialDefinitions.shipped()).build().handler().handle(address);
            assertThat(some.body()).isEqualTo(other.body());
        }
    }

    @Test
    @DisplayName("takes its randomness from where it is told to")
    void randomness() {
        var source = new CountingRandom();
        var issuer = complete(CredentialDefinitions.shipped()).random(source).build();
        issuer.handler().handle(Request.post(URI.create("https://issuer.example/nonce")));
        assertThat(source.asked).isPositive();
    }

    private static CredentialDefinition ticket(String configurationId, String vct) {
        return CredentialDefinition.read(TICKET.formatted(configurationId, vct), "ticket.yaml");
    }

    private static CredentialIssuer.Builder bare(List<CredentialDefinition> definitions) {
        return CredentialIssuer.builder(ISSUER, definitions, KEYS, new byte[32]);
    }

    private static CredentialIssuer.Builder complete(List<CredentialDefinition> definitions) {
        return bare(definitions)
                .datasets(entitlement -> Lookup.denied("nobody"))
                .accessTokens(token -> Optional.empty())
                .preAuthorizedCodes(new NoCodes())
                .stores(new NoOffers(), (issuance, nonces) -> true, (value, until) -> true)
                .statuses(unused(StatusLists.class), unused(StatusOperations.class), StatusSettings.DEFAULT);
    }

    private static <T> T unused(Class<T> store) {
        return store.cast(
                Proxy.newProxyInstance(store.getClassLoader(), new Class<?>[] {store}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
    }

    private static final class CountingRandom extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private int asked;

        @Override
        public void nextBytes(byte[] bytes) {
            asked++;
            super.nextBytes(bytes);
        }
    }

    private record NoCodes() implements PreAuthorizedCodes {
        @Override
        public Made create(Wanted wanted) {
            return new Made("code", Optional.empty(), "authorization");
        }

        @Override
        public boolean pending(String code) {
            return false;
        }
    }

    private record NoOffers() implements Offers {
        @Override
        public void save(String handle, byte[] content, Instant expiresAt) {}

        @Override
        public Optional<byte[]> find(String handle, Instant now) {
            return Optional.empty();
        }

        @Override
        public void remove(String handle) {}

        @Override
        public void keep(String handle, Instant until) {}
    }
}
