package dev.intaglio.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.requirements.Requirement;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 9110: requests and where they go")
class RouterTest {
    private final Router router = Router.builder()
            .get("/thing", request -> Response.text(200, "text/plain", "got"))
            .post("/thing", request -> Response.text(201, "text/plain", "posted"))
            .get(
                    "/things/",
                    request -> Response.text(200, "text/plain", request.uri().getRawPath()))
            .build();

    @Nested
    @DisplayName("a route")
    class Routes {
        @Test
        @DisplayName("is found by path and method")
        void found() {
            assertThat(send("GET", "/thing").bodyText()).isEqualTo("got");
            assertThat(send("POST", "/thing?x=/things/").status()).isEqualTo(201);
        }

        @Test
        @DisplayName("that ends in a slash takes exactly one segment")
        void prefix() {
            assertThat(send("GET", "/things/a%2Fb").bodyText()).isEqualTo("/things/a%2Fb");
            assertThat(router.knows("/things/a")).isTrue();
            for (var path : new String[] {"/things/a/b", "/things", "/things/a/", "//things/a"}) {
                assertThat(router.knows(path)).as(path).isFalse();
                assertThat(send("GET", path).status()).as(path).isEqualTo(404);
            }
        }

        @ParameterizedTest
        @DisplayName("is not found under another spelling: 404")
        @ValueSource(strings = {"", "/", "/thing/", "/Thing", "/thing/x", "/th%69ng", "/x/../thing", "/thing;x=1"})
        void unknown(String path) {
            assertThat(send("GET", path).status()).isEqualTo(404);
        }

        @Test
        @DisplayName("by a method it does not have is 405 and says which it has")
        void wrongMethod() {
            var response = send("DELETE", "/thing");
            assertThat(response.status()).isEqualTo(405);
            assertThat(response.header("Allow")).contains("GET, POST");
            assertThat(send("post", "/thing").status()).isEqualTo(405);
        }

        @Test
        @DisplayName("answers HEAD as GET, without the body")
        void head() {
            var response = send("HEAD", "/thing");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Content-Type")).contains("text/plain");
            assertThat(response.body()).isEmpty();
        }

        @Test
        @DisplayName("is taken once")
        void twice() {
            assertThatThrownBy(() -> Router.builder()
                            .get("/a", request -> Response.status(200))
                            .get("/a", request -> Response.status(200)))
                    .isInstanceOf(IllegalStateException.class);
        }

        private Response send(String method, String path) {
            var request = Request.get(URI.create("https://h.example" + path));
            return router.handle(
                    new Request(method, request.uri(), request.headers(), request.body(), Optional.empty()));
        }
    }

    @Nested
    @DisplayName("a well-known document")
    class WellKnownAddresses {
        @ParameterizedTest
        @Requirement({"CI-META-2", "AS-META-1"})
        @DisplayName("is between host and path of the identifier")
        @CsvSource({
            "https://h.example, https://h.example/.well-known/x",
            "https://h.example/, https://h.example/.well-known/x",
            "https://h.example:8443/tenant, https://h.example:8443/.well-known/x/tenant",
            "https://h.example/a/b/, https://h.example/.well-known/x/a/b",
            "https://h.example/%C3%A4, https://h.example/.well-known/x/%C3%A4"
        })
        void inserted(String identifier, String address) {
            assertThat(WellKnown.address(URI.create(identifier), "x")).hasToString(address);
        }
    }

    @Nested
    @DisplayName("a message")
    class Messages {
        @Test
        @DisplayName("has headers whatever their letter case, in their order")
        void headers() {
            var request = Request.get(URI.create("https://h.example/"))
                    .with("DPoP", "one")
                    .and("dpop", "two")
                    .with("X", "1")
                    .with("x", "2");
            assertThat(request.headers().all("DPOP")).containsExactly("one", "two");
            assertThat(request.header("X")).contains("2");
            assertThat(Headers.of(Map.of("A", List.of("1"))).and("a", "2").all("A"))
                    .containsExactly("1", "2");
        }

        @ParameterizedTest
        @DisplayName("has a media type without parameters and in small letters")
        @CsvSource({
            "application/json, application/json",
            "Application/JSON ; charset=x, application/json",
            "'', ''",
            "text/plain;, text/plain"
        })
        void mediaType(String header, String essence) {
            var uri = URI.create("https://h.example/");
            assertThat(Request.post(uri).withBody(header, new byte[0]).mediaType())
                    .isEqualTo(essence);
            assertThat(Response.text(200, header, "").mediaType()).isEqualTo(essence);
            assertThat(Request.post(uri).mediaType()).isEmpty();
        }

        @Test
        @DisplayName(
                "says of itself what may be logged: neither query nor header nor body, nor a reference in the path")
        void toStrings() {
            var request = Request.post(
                            URI.create(
                                    "https://h.example/offers/dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk?access_token=s3cret"),
                            Form.empty().with("code", "s3cret"))
                    .with("Authorization", "Bearer s3cret");
            assertThat(request).hasToString("POST /offers/...");
            assertThat(Request.get(URI.create("https://h.example/.well-known/openid-credential-issuer/tenant")))
                    .hasToString("GET /.well-known/openid-credential-issuer/tenant");
            assertThat(request.headers().toString()).contains("authorization").doesNotContain("s3cret");
            assertThat(Response.text(200, "application/json", "s3cret")).hasToString("200 application/json");
        }

        @Test
        @DisplayName("is to an absolute address")
        void absolute() {
            assertThatThrownBy(() -> Request.get(URI.create("/token"))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
