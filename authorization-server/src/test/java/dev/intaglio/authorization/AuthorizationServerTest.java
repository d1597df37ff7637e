package dev.intaglio.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.client.Client;
import dev.intaglio.authorization.client.ClientAuthentication;
import dev.intaglio.authorization.store.PreAuthorization;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The authorization server as it is put together")
class AuthorizationServerTest {
    private static final URI ISSUER = URI.create("https://issuer.example");
    private static final KeyRing KEYS = KeyRing.of(SigningKey.generate(JWSAlgorithm.ES256));

    private final Codes codes = new Codes();

    @Nested
    @DisplayName("§13.10 the lifetime of access tokens")
    class Lifetime {
        @Test
        @Requirement("AS-TOKEN-18")
        @DisplayName("is at most five minutes for what may be Bearer, in whatever order the options are given")
        void bearer() {
            var hour = Duration.ofHours(1);
            assertThatThrownBy(() -> builder().accessTokenLifetime(hour).build())
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> builder()
                            .dpop(DpopPolicy.REQUIRED)
                            .accessTokenLifetime(hour)
                            .dpop(DpopPolicy.OPTIONAL)
                            .build())
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> builder()
                            .accessTokenLifetime(hour)
                            .dpop(DpopPolicy.OFF)
                            .build())
                    .isInstanceOf(IllegalStateException.class);
            assertThat(builder()
                            .accessTokenLifetime(hour)
                            .dpop(DpopPolicy.REQUIRED)
                            .build())
                    .isNotNull();
            assertThat(builder().accessTokenLifetime(Duration.ofMinutes(5)).build())
                    .isNotNull();
        }

        @Test
        @DisplayName("is more than nothing")
        void positive() {
            assertThatThrownBy(() -> builder().accessTokenLifetime(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder().accessTokenLifetime(Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("what is kept of a code")
    class AtRest {
        @Test
        @DisplayName("are hashes: of the code, and of the Transaction Code with the code")
        void hashes() {
            var server = builder().build();
            var txCode = Optional.of(TxCode.numeric(6, "In the letter"));
            var made = server.preAuthorize("erika", List.of("x"), txCode, Duration.ofMinutes(5));
            assertThat(codes.kept).hasSize(1);
            codes.kept.forEach((hash, txHash) -> {
                assertThat(hash).hasSize(43).doesNotContain(made.code());
                assertThat(txHash)
                        .hasValueSatisfying(text -> assertThat(text)
                                .hasSize(43)
                                .doesNotContain(made.txCode().orElseThrow()));
            });
            assertThat(made.toString())
                    .doesNotContain(made.code(), made.txCode().orElseThrow());
        }

        @Test
        @DisplayName("differ for the same Transaction Code of two offers, so that no table of hashes helps")
        void salted() {
            var server = builder().build();
            for (var i = 0; i < 40; i++) {
                server.preAuthorize(
                        "erika", List.of("x"), Optional.of(TxCode.numeric(1, "One digit")), Duration.ofMinutes(5));
            }
            assertThat(codes.kept.values()).doesNotHaveDuplicates();
        }

        @Test
        @DisplayName("a Transaction Code attempt is granted at least once")
        void attempts() {
            assertThatThrownBy(() -> builder().txCodeAttempts(0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    @DisplayName("§6.1 clients")
    class Clients {
        @Test
        @Requirement({"AS-TOKEN-3", "AS-META-14"})
        @DisplayName("may be recognised in a way of the deployer's, which is asked first and listed in the metadata")
        void ownMethod() {
            var server = builder()
                    .clientAuthentication(new ByHeader())
                    .anonymousAccess(false)
                    .build();
            assertThat(server.metadata().tokenEndpointAuthMethods()).containsExactly("by_header", "none");
            var form =
                    Form.empty().with("grant_type", Grant.PRE_AUTHORIZED_CODE).with("pre-authorized_code", "x");
            var request = Request.post(URI.create("https://issuer.example/token"), form);
            assertThat(server.handler().handle(request).bodyObject().string("error"))
                    .isEqualTo("invalid_client");
            assertThat(server.handler()
                            .handle(request.with("X-Client", "wallet"))
                            .bodyObject()
                            .string("error"))
                    .isEqualTo("invalid_grant");
        }

        private record ByHeader() implements ClientAuthentication {
            @Override
            public List<String> methods() {
                return List.of("by_header");
            }

            @Override
            public Optional<Client> authenticate(Request request, Form form) {
                return request.header("X-Client").map(id -> new Client(Optional.of(id)));
            }
        }
    }

    @ParameterizedTest
    @Requirement("AS-META-2")
    @DisplayName("has an https identifier")
    @ValueSource(strings = {"http://issuer.example", "https://issuer.example?a", "https://issuer.example#a"})
    void identifier(String issuer) {
        assertThatThrownBy(() -> AuthorizationServer.builder(
                        URI.create(issuer), KEYS, codes, (value, until) -> true, new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("needs a secret of 32 bytes for its nonces")
    void nonceKey() {
        assertThatThrownBy(() -> AuthorizationServer.builder(ISSUER, KEYS, codes, (value, until) -> true, new byte[31])
                        .build())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private AuthorizationServer.Builder builder() {
        return AuthorizationServer.builder(ISSUER, KEYS, codes, (value, until) -> true, new byte[32]);
    }

    /// Remembers what it was given, and redeems nothing.
    private static final class Codes implements PreAuthorizedCodes {
        private final Map<String, Optional<String>> kept = new HashMap<>();
        private final List<PreAuthorization> authorizations = new ArrayList<>();

        @Override
        public void save(
                String codeHash,
                PreAuthorization authorization,
                Optional<String> txCodeHash,
                int attempts,
                Instant expiresAt) {
            kept.put(codeHash, txCodeHash);
            authorizations.add(authorization);
        }

        @Override
        public Redemption redeem(String codeHash, Optional<String> txCodeHash, Instant now) {
            return new Redemption.Unknown();
        }

        @Override
        public Optional<PreAuthorization> find(String codeHash, Instant now) {
            return authorizations.stream().findFirst();
        }
    }
}
