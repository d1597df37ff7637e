package dev.intaglio.protocol.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A transport to addresses that strangers name")
class PublicTransportTest {
    private static final Map<String, List<String>> WEB = Map.of(
            "public.example", List.of("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"),
            "private.example", List.of("10.0.0.1"),
            "both.example", List.of("93.184.216.34", "127.0.0.1"),
            "nothing.example", List.of());

    private final List<URI> sent = new ArrayList<>();

    private Response answer(Request request) {
        sent.add(request.uri());
        return new Response(200, Headers.of("Content-Type", "text/plain"), new byte[0]);
    }

    private static List<InetAddress> addresses(String host) throws UnknownHostException {
        var found = WEB.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        var addresses = new ArrayList<InetAddress>();
        for (var one : found) {
            addresses.add(InetAddress.getByName(one));
        }
        return addresses;
    }

    /// As the platform resolves names: addresses that are written out are looked up nowhere.
    private PublicTransport real(String... privateHosts) {
        return new PublicTransport(this::answer, List.of(privateHosts));
    }

    private PublicTransport named(String... privateHosts) {
        return new PublicTransport(this::answer, List.of(privateHosts), PublicTransportTest::addresses);
    }

    private void refused(PublicTransport transport, String uri) {
        assertThatThrownBy(() -> transport.handle(Request.get(URI.create(uri))))
                .as(uri)
                .isInstanceOf(UncheckedIOException.class);
        assertThat(sent).isEmpty();
    }

    private void goes(PublicTransport transport, String uri) {
        assertThat(transport.handle(Request.get(URI.create(uri))).status()).isEqualTo(200);
        assertThat(sent).last().isEqualTo(URI.create(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "2130706433",
                "[::]",
                "[::1]",
                "[::ffff:10.0.0.1]",
                "[::ffff:127.0.0.1]",
                "[64:ff9b::10.0.0.1]",
                "[fc00::1]",
                "[fd12:3456::1]",
                "[fe80::1]",
                "[ff02::1]",
                "[2001:db8::1]",
                "[2001::1]",
                "[2002:a00:1::]",
                "[3fff::1]"
            })
    @DisplayName("does not go to special addresses, however they are written")
    void specialAddresses(String host) {
        refused(real(), "https://" + host + "/statuslists/1");
        refused(real(), "https://public.example@" + host + ":8443/statuslists/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.3.1",
                "198.20.0.1",
                "[2606:2800:220:1:248:1893:25c8:1946]"
            })
    @DisplayName("goes to all others, also next to special ones")
    void publicAddresses(String host) {
        goes(real(), "https://" + host + "/statuslists/1");
        goes(real(), "HTTPS://" + host + ":8443/");
    }

    @Test
    @DisplayName("goes to a name if every one of its addresses is public")
    void names() {
        refused(named(), "https://private.example/");
        refused(named(), "https://both.example/");
        refused(named(), "https://nothing.example/");
        refused(named(), "https://unknown.example/");
        goes(named(), "https://public.example/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://public.example/",
                "ftp://public.example/",
                "file:///etc/passwd",
                "jar:https://public.example/!/",
                "https:/path",
                "https:opaque",
                "https://bad_host.example/"
            })
    @DisplayName("goes over https only, and to an address with a host")
    void schemes(String uri) {
        refused(named(), uri);
    }

    @Test
    @DisplayName("goes to private hosts that somebody allowed, with TLS or without, and to no other")
    void privateHosts() {
        refused(named("private.example"), "https://both.example/");
        refused(named("private.example"), "http://public.example/");
        refused(named("private.example"), "https://private.example.both.example/");
        refused(named("private.example"), "https://private.example@both.example/");
        goes(named("private.example"), "https://PRIVATE.example:8443/");
        goes(named("Private.Example"), "http://private.example/");
        goes(real("127.0.0.1", "[::1]"), "http://127.0.0.1:8080/");
        goes(real("127.0.0.1", "[::1]"), "http://[::1]:8080/");
    }
}
