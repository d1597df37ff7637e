package dev.intaglio.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What proxies say of a request")
class ForwardingTest {
    private static final Addresses PROXIES = new Addresses(List.of("10.0.0.0/8", "192.168.1.1", "2001:db8:aaaa::/48"));

    private static String client(Forwarding said) {
        return said.client().map(address -> address.getHostAddress()).orElse("");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7                             | 203.0.113.7",
                "203.0.113.7, 10.1.2.3                   | 203.0.113.7",
                "1.2.3.4, 203.0.113.7                    | 203.0.113.7",
                "1.2.3.4, 203.0.113.7, 192.168.1.1       | 203.0.113.7",
                "10.9.9.9, 10.1.2.3                      | 10.9.9.9",
                "203.0.113.7:4711                        | 203.0.113.7",
                "2001:db8::7                             | 2001:db8:0:0:0:0:0:7",
                "[2001:db8::7]:4711, 2001:db8:aaaa::1    | 2001:db8:0:0:0:0:0:7",
                "::ffff:203.0.113.7                      | 203.0.113.7",
                "203.0.113.7, unknown                    | ''",
                "203.0.113.7, wallet.example             | ''",
                "203.0.113.7, 999.1.1.1                  | ''",
                "''                                      | ''"
            })
    @DisplayName("the first from the right that is no trusted proxy is the client")
    void xForwardedFor(String header, String client) {
        assertThat(client(Forwarding.read(List.of(), List.of(header), List.of(), PROXIES)))
                .isEqualTo(client);
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=203.0.113.7;proto=https                                 | 203.0.113.7          | true",
                "For=\"[2001:db8::7]:4711\"; PROTO=http                      | 2001:db8:0:0:0:0:0:7 | false",
                "for=1.2.3.4;proto=http, for=203.0.113.7;proto=https;by=10.0.0.1, for=10.1.1.1;proto=http | 203.0.113.7 | true",
                "for=203.0.113.7;host=\"a,b;c\", for=10.0.0.1                 | 203.0.113.7          | ``",
                "for=_hidden;proto=https                                     | ``                   | true",
                "for=203.0.113.7;proto=https, nonsense                       | ``                   | ``",
                "for=\"203.0.113.7                                           | ``                   | ``"
            })
    @DisplayName("RFC 7239: the same, and each hop has its own proto")
    void forwarded(String header, String client, String https) {
        var said = Forwarding.read(List.of(header), List.of(), List.of(), PROXIES);

        assertThat(client(said)).isEqualTo(client);
        assertThat(said.https().map(String::valueOf).orElse("")).isEqualTo(https);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {"https | true", "http | false", "HTTPS | true", "https, https | true", "https, http | false"})
    @DisplayName("X-Forwarded-Proto: https where each hop was")
    void xForwardedProto(String header, boolean https) {
        assertThat(Forwarding.read(List.of(), List.of(), List.of(header), PROXIES)
                        .https())
                .contains(https);
    }

    @Test
    @DisplayName(
            "when the two kinds of header contradict each other, one came from the client, and neither is believed")
    void contradiction() {
        var contradicting =
                Forwarding.read(List.of("for=1.2.3.4;proto=https"), List.of("203.0.113.7"), List.of("https"), PROXIES);
        var agreeing = Forwarding.read(
                List.of("for=203.0.113.7;proto=https"), List.of("203.0.113.7"), List.of("https"), PROXIES);

        assertThat(contradicting).isEqualTo(new Forwarding(Optional.empty(), Optional.empty()));
        assertThat(client(agreeing)).isEqualTo("203.0.113.7");
        assertThat(agreeing.https()).contains(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0", "", "0.0.0.0/x", "2001:db8::/129"})
    @DisplayName("trusted proxies are addresses and ranges, and anything else is refused by name")
    void noAddress(String text) {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Addresses(List.of(text)))
                .withMessageContaining("intaglio.trusted-proxies has " + text);
    }
}
