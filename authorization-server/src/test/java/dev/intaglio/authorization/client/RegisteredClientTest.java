package dev.intaglio.authorization.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.intaglio.requirements.Requirement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Registered clients")
class RegisteredClientTest {
    private static RegisteredClient client(String... redirectUris) {
        return new RegisteredClient("wallet", List.of(redirectUris), new RegisteredClient.Method.None());
    }

    @ParameterizedTest
    @Requirement({"AS-AUTHZ-9", "HAIP-AS-8"})
    @DisplayName("redirect to https, to an app's own scheme, or to the device itself")
    @ValueSource(
            strings = {
                "https://w.example/cb",
                "https://w.example/cb?x=y",
                "com.example.app:/cb",
                "openid-app://cb",
                "http://127.0.0.1/cb",
                "http://[::1]:4000/cb",
                "http://localhost"
            })
    void good(String redirectUri) {
        assertThat(client(redirectUri).redirectsTo(redirectUri)).isTrue();
    }

    @ParameterizedTest
    @Requirement({"AS-AUTHZ-9", "HAIP-AS-8"})
    @DisplayName("redirect nowhere else")
    @ValueSource(
            strings = {
                "http://w.example/cb",
                "http://127.0.0.1.w.example/cb",
                "http://127.0.0.1@w.example/cb",
                "http://localhost:99999999/cb",
                "https://w.example/cb#fragment",
                "https:///cb",
                "/cb",
                "cb",
                "",
                "https://w.example/c b",
                "javascript:alert(1)",
                "JavaScript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd"
            })
    void bad(String redirectUri) {
        assertThatThrownBy(() -> client(redirectUri)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @Requirement("AS-AUTHZ-9")
    @DisplayName(
            "are redirected to what they registered, character by character, but for the port of the device itself")
    @CsvSource({
        "https://w.example/cb, https://w.example/cb/, false",
        "https://w.example/cb, https://w.example:443/cb, false",
        "https://w.example/cb, https://w.example/%63b, false",
        "https://w.example/cb, https://w.example/cb?, false",
        "http://127.0.0.1/cb, http://127.0.0.1:1/cb, true",
        "http://127.0.0.1:7/cb, http://127.0.0.1/cb, true",
        "http://127.0.0.1:7/cb, http://127.0.0.1:8/CB, false",
        "http://[::1]/cb, http://[::1]:61023/cb, true",
        "http://[::1]/cb, http://127.0.0.1/cb, false",
        "http://localhost/cb, http://localhost:3000/cb, true",
        "http://localhost/cb, http://localhost:3000/cb?x, false"
    })
    void compares(String registered, String asked, boolean same) {
        assertThat(client(registered).redirectsTo(asked)).isEqualTo(same);
    }

    @Test
    @DisplayName("register public keys, at least one, and no private one")
    void keys() throws JOSEException {
        var key = new ECKeyGenerator(Curve.P_256).generate();
        assertThatThrownBy(() -> new RegisteredClient.Method.PrivateKeyJwt(List.of(key)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RegisteredClient.Method.PrivateKeyJwt(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new RegisteredClient.Method.PrivateKeyJwt(List.of(key.toPublicJWK())).keys())
                .hasSize(1);
    }

    @Test
    @DisplayName("are found by name, which is nobody else's")
    void found() {
        var clients = RegisteredClients.of(List.of(client("https://w.example/cb")));
        assertThat(clients.find("wallet")).isPresent();
        assertThat(clients.find("Wallet")).isEmpty();
        assertThat(clients.signing()).isFalse();
        assertThat(RegisteredClients.none().find("wallet")).isEmpty();
        assertThatThrownBy(() -> RegisteredClients.of(List.of(client(), client())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RegisteredClient("", List.of(), new RegisteredClient.Method.None()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
