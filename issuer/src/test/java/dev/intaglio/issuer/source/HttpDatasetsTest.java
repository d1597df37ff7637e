package dev.intaglio.issuer.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Claims from a service")
class HttpDatasetsTest {
    private static final Handler UNREACHABLE = request -> {
        throw new UncheckedIOException(new IOException("no route"));
    };

    private Instant now = Instant.parse("2026-11-03T10:00:00Z");
    private final List<Request> asked = new ArrayList<>();
    private final Deque<Handler> answers = new ArrayDeque<>();
    private final HttpDatasets datasets = new HttpDatasets(
            request -> {
                asked.add(request);
                return answers.isEmpty()
                        ? claims().handle(request)
                        : answers.poll().handle(request);
            },
            "https://registry.example/people/{subject}/{configuration}",
            Map.of("Authorization", "Bearer secret"),
            new Clock() {
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
            });

    private static Handler claims() {
        return request ->
                Response.json(200, JsonObject.builder().put("degree", "BSc").build());
    }

    private static Handler status(int status) {
        return request -> Response.status(status);
    }

    private Lookup find(String subject) {
        var definition = CredentialDefinitions.shipped().stream()
                .filter(found -> found.id().equals("diploma"))
                .findFirst()
                .orElseThrow();
        return datasets.find(new Entitlement(
                subject,
                definition,
                definition.configurations().getFirst(),
                Optional.empty(),
                Optional.empty(),
                "authorization"));
    }

    @Test
    @DisplayName("are asked for by GET, with the subject in the address and the headers that were set")
    void ready() {
        var found = (Lookup.Ready) find("erika");
        assertThat(found.dataset().claims().string("degree")).isEqualTo("BSc");
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.uri()).hasToString("https://registry.example/people/erika/diploma_sd_jwt");
            assertThat(request.header("Authorization")).contains("Bearer secret");
        });
    }

    @Test
    @DisplayName("are never those of another path: whatever the subject is, it is one segment")
    void oneSegment() {
        for (var subject : List.of("../admin", "a/b", "..", ".", "a?b=c", "a#b", "%2e%2e", "a b", "ä")) {
            find(subject);
            var path = asked.getLast().uri().normalize().getRawPath();
            assertThat(path).matches("/people/[^/]+/diploma_sd_jwt");
            assertThat(asked.getLast().uri().getRawQuery()).isNull();
            assertThat(asked.getLast().uri().getRawFragment()).isNull();
        }
    }

    @Test
    @DisplayName("are not there yet, or not at all, if the service says so")
    void pendingOrDenied() {
        answers.add(request -> Response.status(202).with("Retry-After", "30"));
        assertThat(find("erika")).isEqualTo(Lookup.pending(Duration.ofSeconds(30)));
        for (var odd : List.of("0", "tomorrow", "-1")) {
            answers.add(request -> Response.status(202).with("Retry-After", odd));
            assertThat(find("erika")).isInstanceOf(Lookup.Pending.class);
        }
        for (var status : List.of(403, 404, 410)) {
            answers.add(status(status));
            assertThat(find("erika")).isInstanceOf(Lookup.Denied.class);
        }
    }

    @Test
    @DisplayName("are asked for once more if the service was not reached or overloaded, and only then")
    void retried() {
        for (var first : List.of(UNREACHABLE, status(502), status(503), status(504))) {
            asked.clear();
            answers.add(first);
            assertThat(find("erika")).isInstanceOf(Lookup.Ready.class);
            assertThat(asked).hasSize(2);
        }
        asked.clear();
        answers.add(status(500));
        assertThatThrownBy(() -> find("erika")).isInstanceOf(IllegalStateException.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    @DisplayName(
            "are not asked for while the service is down: after five faults nobody asks for half a minute, then one does")
    void breaker() {
        for (int fault = 0; fault < 5; fault++) {
            answers.addAll(List.of(UNREACHABLE, UNREACHABLE));
            assertThatThrownBy(() -> find("erika")).isInstanceOf(UncheckedIOException.class);
        }
        asked.clear();
        assertThatThrownBy(() -> find("erika")).hasMessageContaining("not asked");
        assertThat(asked).isEmpty();
        now = now.plusSeconds(30);
        answers.addAll(List.of(UNREACHABLE, UNREACHABLE));
        assertThatThrownBy(() -> find("erika")).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> find("erika")).hasMessageContaining("not asked");
        now = now.plusSeconds(30);
        assertThat(find("erika")).isInstanceOf(Lookup.Ready.class);
        answers.add(status(500));
        assertThatThrownBy(() -> find("erika")).isInstanceOf(IllegalStateException.class);
        assertThat(find("erika")).as("one fault is none").isInstanceOf(Lookup.Ready.class);
    }

    @Test
    @DisplayName("are of bounded size, and JSON")
    void bounded() {
        answers.add(request -> Response.text(200, "application/json", "{\"a\": \"" + "x".repeat(2_000_000) + "\"}"));
        assertThatThrownBy(() -> find("erika")).isInstanceOf(JsonException.class);
        answers.add(request -> Response.text(200, "text/html", "<html>"));
        assertThatThrownBy(() -> find("erika")).isInstanceOf(JsonException.class);
    }

    @Test
    @DisplayName("need an address with a place for the subject")
    void template() {
        assertThatThrownBy(() -> new HttpDatasets(claims(), "https://registry.example/", Map.of(), Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{subject}");
    }
}
