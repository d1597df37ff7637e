package dev.intaglio.issuer.accesstoken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.issuer.spi.AccessTokenVerifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Tokens of several authorization servers")
class AccessTokensByIssuerTest {
    private final ServerElsewhere server = new ServerElsewhere();
    private final List<String> seen = new ArrayList<>();
    private final AccessTokensByIssuer tokens = AccessTokensByIssuer.of(Map.of(
            ServerElsewhere.ISSUER,
            JwtAccessTokens.of(ServerElsewhere.trusted(), server, server),
            URI.create("https://own.example"),
            noting("own")));

    @Test
    @DisplayName("go to the server they name, and to no other")
    void byIssuer() {
        assertThat(tokens.verify(server.token())).isPresent();
        assertThat(seen).isEmpty();
        tokens.verify(server.token(claims -> claims.with("iss", "https://own.example")));
        assertThat(seen).containsExactly("own");
        assertThat(tokens.verify(server.token(claims -> claims.with("iss", "https://shop.example"))))
                .isEmpty();
        assertThat(seen).hasSize(1);
    }

    @Test
    @DisplayName("that cannot be read go to the one server for such, if there is one")
    void opaque() {
        assertThat(tokens.verify("opaque")).isEmpty();
        var all = tokens.withOpaque(noting("opaque"));
        all.verify("opaque");
        all.verify("a.b.c");
        all.verify(server.token(claims -> claims.without("iss")));
        assertThat(seen).containsExactly("opaque", "opaque", "opaque");
        all.verify(server.token());
        assertThat(seen).hasSize(3);
        all.verify("x".repeat(200_000));
        assertThat(seen).hasSize(3);
    }

    private AccessTokenVerifier noting(String name) {
        return token -> {
            seen.add(name);
            return Optional.empty();
        };
    }
}
