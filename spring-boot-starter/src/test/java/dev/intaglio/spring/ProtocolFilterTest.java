package dev.intaglio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ProtocolFilterTest {
    private static final int LIMIT = 256 * 1024;

    private final List<Request> handled = new ArrayList<>();
    private final ProtocolFilter filter = new ProtocolFilter(
            "https://issuer.example",
            List.of(new ProtocolFilter.Route("/credential"::equals, request -> {
                handled.add(request);
                return Response.text(200, "text/plain", "answer " + MDC.get("requestId"))
                        .and("X-Twice", "one")
                        .and("X-Twice", "two");
            })),
            trail -> {});

    @Test
    @DisplayName("the handler sees the address that clients see")
    void publicAddress() throws Exception {
        var request = request("POST", "/credential");
        request.setServerName("10.0.0.7");
        request.setServerPort(8080);
        request.setQueryString("a=%20b");

        filter(request);

        assertThat(handled).singleElement().satisfies(seen -> {
            assertThat(seen.uri()).hasToString("https://issuer.example/credential?a=%20b");
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.remote()).contains(request.getRemoteAddr());
        });
    }

    @Test
    @DisplayName("a header that came twice comes twice, in both directions")
    void repeatedHeaders() throws Exception {
        var request = request("POST", "/credential");
        request.addHeader("DPoP", "one");
        request.addHeader("DPoP", "two");

        var response = filter(request);

        assertThat(handled.getFirst().headers().all("dpop")).containsExactly("one", "two");
        assertThat(response.getHeaders("X-Twice")).containsExactly("one", "two");
    }

    @Test
    @DisplayName("no more than one byte too many is read of a body")
    void boundsBodies() throws Exception {
        var request = request("POST", "/credential");
        request.setContent(new byte[10 * LIMIT]);

        filter(request);

        assertThat(handled.getFirst().body()).hasSize(LIMIT + 1);
        assertThat(request.getInputStream().available()).isPositive();
    }

    @Test
    @DisplayName("the answer has its length, its request's id, and leaves for any origin")
    void answers() throws Exception {
        var response = filter(request("POST", "/credential"));

        var id = response.getHeader("X-Request-Id");
        assertThat(response.getContentAsString()).isEqualTo("answer " + id);
        assertThat(response.getContentLength()).isEqualTo(response.getContentAsByteArray().length);
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(MDC.get("requestId")).isNull();
    }

    @Test
    @DisplayName(
            "an unknown path goes down the chain, with an id for its log lines, and opens itself to no other origin")
    void unknownPaths() throws Exception {
        var seen = new ArrayList<String>();
        var response = new MockHttpServletResponse();

        filter.doFilter(request("GET", "/credential/"), response, (request, ignored) -> seen.add(MDC.get("requestId")));

        assertThat(seen).containsExactly(response.getHeader("X-Request-Id"));
        assertThat(response.getHeader("Access-Control-Allow-Origin")).isNull();
        assertThat(handled).isEmpty();
    }

    @Test
    @DisplayName("a preflight never reaches the handler")
    void preflight() throws Exception {
        var response = filter(request("OPTIONS", "/credential"));

        assertThat(response.getStatus()).isEqualTo(204);
        assertThat(handled).isEmpty();
    }

    @Test
    @DisplayName("a handler that is not for other origins answers none of them, and no preflight")
    void sameOriginOnly() throws Exception {
        var own = new ProtocolFilter(
                "https://issuer.example",
                List.of(new ProtocolFilter.Route("/authorize"::equals, request -> Response.status(405), false)),
                trail -> {});

        for (var method : new String[] {"GET", "OPTIONS"}) {
            var response = new MockHttpServletResponse();
            own.doFilter(request(method, "/authorize"), response, new MockFilterChain());
            assertThat(response.getStatus()).isEqualTo(405);
            assertThat(response.getHeader("Access-Control-Allow-Origin")).isNull();
        }
    }

    @Test
    @DisplayName("a query that is no part of an address is a bad request")
    void badQuery() throws Exception {
        var request = request("GET", "/credential");
        request.setQueryString("a=%zz");

        assertThat(filter(request).getStatus()).isEqualTo(400);
        assertThat(handled).isEmpty();
    }

    private MockHttpServletResponse filter(MockHttpServletRequest request) throws IOException, ServletException {
        var response = new MockHttpServletResponse();
        FilterChain nowhere = new MockFilterChain();
        filter.doFilter(request, response, nowhere);
        return response;
    }

    private static MockHttpServletRequest request(String method, String path) {
        return new MockHttpServletRequest(method, path);
    }
}
