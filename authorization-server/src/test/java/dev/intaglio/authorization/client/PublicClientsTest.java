package dev.intaglio.authorization.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.ratelimit.RateLimits;
import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 6749 §2.1 Public clients")
class PublicClientsTest {
    private static final Request REQUEST = Request.post(URI.create("https://issuer.example/token"));

    @Test
    @Requirement("AS-TOKEN-3")
    @DisplayName("name themselves, if they are known, or nobody, if that is allowed")
    void known() {
        var clients = new PublicClients(true, "wallet"::equals);
        assertThat(clients.authenticate(REQUEST, Form.empty())).contains(Client.ANONYMOUS);
        assertThat(clients.authenticate(REQUEST, Form.empty().with("client_id", "wallet")))
                .contains(new Client(Optional.of("wallet")));
        assertThat(clients.authenticate(REQUEST, Form.empty().with("client_id", "other")))
                .isEmpty();
        assertThat(new PublicClients(false, id -> true).authenticate(REQUEST, Form.empty()))
                .isEmpty();
    }

    @Test
    @DisplayName("are not clients that try to authenticate in another way")
    void others() {
        var clients = new PublicClients(true, id -> true);
        var named = Form.empty().with("client_id", "wallet");
        assertThat(clients.authenticate(REQUEST.with("Authorization", "Basic x"), named))
                .isEmpty();
        assertThat(clients.authenticate(REQUEST, named.with("client_secret", "x")))
                .isEmpty();
        assertThat(clients.authenticate(REQUEST, named.with("client_assertion", "x")))
                .isEmpty();
    }

    @Test
    @Requirement({"AS-TOKEN-12", "AS-TOKEN-15"})
    @DisplayName("that no method recognises are invalid_client, with a challenge only if the header was used")
    void refused() {
        var clients = new Clients(List.of(new PublicClients(false, id -> true)), RateLimits.none());
        assertThatThrownBy(() -> clients.of(REQUEST, Form.empty())).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.error()).isEqualTo("invalid_client");
            assertThat(refusal.response().header("WWW-Authenticate")).isEmpty();
        });
        assertThatThrownBy(() -> clients.of(REQUEST.with("Authorization", "Basic x"), Form.empty()))
                .isInstanceOfSatisfying(Refusal.class, refusal -> {
                    assertThat(refusal.status()).isEqualTo(401);
                    assertThat(refusal.response().header("WWW-Authenticate")).isPresent();
                });
    }
}
