package dev.intaglio.protocol.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import dev.intaglio.protocol.proof.DidResolver.Purpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("did:web")
class DidWebResolverTest {
    private static final String DID = "did:web:holder.example";
    private static final String DOCUMENT = "https://holder.example/.well-known/did.json";

    private final SigningKey key = SigningKey.generate(JWSAlgorithm.ES256);
    private final List<Request> sent = new ArrayList<>();
    private final Map<String, Response> web = new HashMap<>();
    private final Map<String, String> names = new HashMap<>(Map.of("holder.example", "93.184.216.34"));
    private final MovingClock clock = new MovingClock();
    private final DidWebResolver resolver = new DidWebResolver(this::answer, this::addresses, clock);

    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-11-03T10:15:30Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private Response answer(Request request) {
        sent.add(request);
        var response = web.get(request.uri().toString());
        if (response == null) {
            throw new UncheckedIOException(new IOException("no answer"));
        }
        return response;
    }

    private List<InetAddress> addresses(String host) throws UnknownHostException {
        var found = names.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        var addresses = new ArrayList<InetAddress>();
        for (var one : found.split(" ")) {
            addresses.add(InetAddress.getByName(one));
        }
        return addresses;
    }

    private static Response json(JsonObject document) {
        return new Response(200, Headers.of("Content-Type", "application/did+json"), document.bytes());
    }

    private JsonObject document(JsonObject method) {
        return JsonObject.builder()
                .put("id", DID)
                .put("verificationMethod", List.of(method))
                .put("authentication", List.of(DID + "#key-1"))
                .put("assertionMethod", List.of("#key-1"))
                .build();
    }

    private JsonObject method() {
        return JsonObject.builder()
                .put("id", "#key-1")
                .put("type", "JsonWebKey")
                .put("controller", DID)
                .put("publicKeyJwk", SignedJwt.jwk(key.publicJwk()))
                .build();
    }

    private void assertUnknown(String didUrl) {
        assertThatThrownBy(() -> resolver.key(didUrl, Purpose.AUTHENTICATION)).isInstanceOf(JsonException.class);
    }

    @Test
    @DisplayName(
            "a key is that of the document, as JWK or Multikey, named whole or by fragment, referred to or embedded")
    void finds() throws Exception {
        var expected = key.publicJwk().computeThumbprint();
        web.put(DOCUMENT, json(document(method())));
        assertThat(resolver.key(DID + "#key-1", Purpose.AUTHENTICATION).computeThumbprint())
                .isEqualTo(expected);
        assertThat(resolver.key(DID, Purpose.AUTHENTICATION).computeThumbprint())
                .isEqualTo(expected);
        assertThat(resolver.key(DID + "#key-1", Purpose.ASSERTION).computeThumbprint())
                .isEqualTo(expected);
        assertThat(sent).hasSize(1);

        clock.now = clock.now.plus(Duration.ofMinutes(11));
        var multikey = method().without("publicKeyJwk")
                .with("type", "Multikey")
                .with("publicKeyMultibase", DidKeys.didKey(key.publicJwk()).substring("did:key:".length()));
        web.put(DOCUMENT, json(document(method()).with("authentication", List.of(multikey))));
        assertThat(resolver.key(DID + "#key-1", Purpose.AUTHENTICATION).computeThumbprint())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName(
            "a key is not taken for another purpose, from another controller, or where it is not clear which is meant")
    void refuses() {
        web.put(DOCUMENT, json(document(method()).without("authentication")));
        assertUnknown(DID + "#key-1");
        clock.now = clock.now.plus(Duration.ofMinutes(11));
        web.put(DOCUMENT, json(document(method().with("controller", "did:web:other.example"))));
        assertUnknown(DID + "#key-1");
        clock.now = clock.now.plus(Duration.ofMinutes(11));
        web.put(DOCUMENT, json(document(method()).with("authentication", List.of("#key-1", "#key-2"))));
        assertUnknown(DID);
        assertUnknown(DID + "#key-2");
        assertUnknown(DID + "#key-3");
        clock.now = clock.now.plus(Duration.ofMinutes(11));
        web.put(DOCUMENT, json(document(method()).with("id", "did:web:other.example")));
        assertUnknown(DID + "#key-1");
    }

    @ParameterizedTest
    @CsvSource({
        "did:web:holder.example, https://holder.example/.well-known/did.json",
        "did:web:holder.example%3A8443, https://holder.example:8443/.well-known/did.json",
        "did:web:holder.example:users:erika, https://holder.example/users/erika/did.json"
    })
    @DisplayName("the document is at the address that the method says")
    void address(String did, String address) {
        assertThat(DidWebResolver.address(did)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:web:",
                "did:web:localhost",
                "did:web:127.0.0.1",
                "did:web:169.254.169.254",
                "did:web:[::1]",
                "did:web:holder.example%3A0",
                "did:web:holder.example%3A80%2F",
                "did:web:user@holder.example",
                "did:web:holder.example%2Fsecret",
                "did:web:holder.example:..",
                "did:web:holder.example:a/b",
                "did:web:holder.example:%2e%2e",
                "did:web:holder.example::a",
                "did:web:holder.example?x",
                "did:web:Holder.example",
                "did:web:0x7f.1"
            })
    @DisplayName("nothing is fetched for a name that is no host's domain name, or a path that is none")
    void noAddress(String did) {
        assertUnknown(did + "#key-1");
        assertThat(sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "192.0.0.8",
                "203.0.113.7",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:db8::1",
                "2001::1",
                "93.184.216.34 10.0.0.1"
            })
    @DisplayName("nothing is fetched from an address that is not public, though another of the host's is")
    void privateAddress(String address) {
        web.put(DOCUMENT, json(document(method())));
        names.put("holder.example", address);
        assertUnknown(DID + "#key-1");
        assertThat(sent).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"93.184.216.34", "8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:2800:220:1::1", "2a00:1450::1"})
    @DisplayName("public addresses are called")
    void publicAddress(String address) {
        web.put(DOCUMENT, json(document(method())));
        names.put("holder.example", address);
        assertThat(resolver.key(DID + "#key-1", Purpose.AUTHENTICATION)).isNotNull();
    }

    @Test
    @DisplayName(
            "a redirect, an error, too large a document or none at all are all the same, and not asked for again at once")
    void unavailable() {
        var answers = List.of(
                new Response(302, Headers.of("Location", "https://10.0.0.1/"), new byte[0]),
                new Response(
                        404,
                        Headers.of("Content-Type", "application/json"),
                        document(method()).bytes()),
                json(document(method()).with("more", "x".repeat(70_000))),
                new Response(200, Headers.of("Content-Type", "text/html"), new byte[] {'<'}));
        for (var answer : answers) {
            web.put(DOCUMENT, answer);
            sent.clear();
            assertThatThrownBy(() -> resolver.key(DID + "#key-1", Purpose.AUTHENTICATION))
                    .isInstanceOf(JsonException.class)
                    .hasMessage("the DID document cannot be had, or is none");
            assertUnknown(DID + "#key-1");
            assertThat(sent).hasSize(1);
            clock.now = clock.now.plus(Duration.ofMinutes(1));
        }
        web.clear();
        assertUnknown(DID + "#key-1");
        names.clear();
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        assertUnknown(DID + "#key-1");
    }

    @Test
    @DisplayName("DIDs that spell their key out are not fetched")
    void selfContained() {
        var did = DidKeys.didKey(key.publicJwk());
        assertThat(resolver.key(DidKeys.verificationMethod(did), Purpose.AUTHENTICATION))
                .isNotNull();
        assertThat(resolver.methods()).containsExactlyInAnyOrder("did:web", "did:jwk", "did:key");
        assertThat(sent).isEmpty();
    }

    @Test
    @DisplayName("a document of ours is read again as it was made")
    void made() throws Exception {
        var made = DidDocument.of(DID, Map.of("one", key.publicJwk()));
        assertThat(new DidDocument(DID, made.json())
                        .key(DID + "#one", Purpose.ASSERTION)
                        .computeThumbprint())
                .isEqualTo(key.publicJwk().computeThumbprint());
    }
}
