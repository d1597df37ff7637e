package dev.intaglio.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.authorization.client.RegisteredClient;
import dev.intaglio.authorization.interaction.Interaction;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskerTest {
    @Test
    @DisplayName(
            "a wallet has the name the operator registered; one that is not registered has its own, and is marked so")
    void names() {
        var client = new RegisteredClient(
                "w",
                Optional.of("Nordwallet"),
                List.of("https://wallet.example/cb"),
                new RegisteredClient.Method.None(),
                false);

        assertThat(Asker.of(asking("https://wallet.example/cb"), Optional.of(client)))
                .isEqualTo(new Asker("Nordwallet", "w", true, "wallet.example", "site"));
        assertThat(Asker.of(asking("https://wallet.example/cb"), Optional.empty()))
                .isEqualTo(new Asker("w", "w", false, "wallet.example", "site"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://wallet.example:8443/cb?x=1,wallet.example,site,false,''",
        "com.example.wallet:/cb,com.example.wallet,app,true,com.example.wallet:",
        "http://127.0.0.1:4711/cb,http,device,true,http://127.0.0.1:4711",
        "http://[::1]:4711/cb,http,device,false,''"
    })
    @DisplayName("where the answer goes is said as people know it, and allowed as narrowly as a policy can")
    void ways(String redirectUri, String destination, String way, boolean direct, String formTarget) {
        var asker = Asker.of(asking(redirectUri), Optional.empty());
        var back = new WayBack(URI.create(redirectUri));

        assertThat(asker.destination()).isEqualTo(destination);
        assertThat(asker.way()).isEqualTo(way);
        assertThat(back.direct()).isEqualTo(direct);
        assertThat(String.join(" ", back.formTargets())).isEqualTo(formTarget);
    }

    private static Interaction asking(String redirectUri) {
        return new Interaction("w", redirectUri, true, Set.of("x"), Optional.empty());
    }
}
