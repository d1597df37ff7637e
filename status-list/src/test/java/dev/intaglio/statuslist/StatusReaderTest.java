package dev.intaglio.statuslist;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.did.PublicTransport;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.statuslist.StatusListException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whoever reads status lists")
class StatusReaderTest {
    private static final URI LIST = URI.create("https://issuer.example/statuslists/1");
    private static final Instant START = Instant.parse("2026-11-03T10:15:30Z");
    private static final SigningKey KEY = SigningKey.generate(JWSAlgorithm.ES256);

    private Instant now = START;
    private final AtomicInteger asked = new AtomicInteger();
    private final List<Integer> answers = new ArrayList<>();
    private Optional<Duration> timeToLive = Optional.of(Duration.ofMinutes(5));
    private Duration validity = Duration.ofHours(1);

    private StatusReader reader(Handler transport) {
        return new StatusReader(
                transport,
                TrustAnchors.none().with(List.of(KEY.publicJwk())),
                new CredentialVerifiers(List.of()),
                new MovingClock());
    }

    private final class MovingClock extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /// Answers with the statuses that are put down, and afterwards with the list.
    private Response answer(Request request) {
        asked.incrementAndGet();
        if (!answers.isEmpty()) {
            var status = answers.removeFirst();
            if (status == 0) {
                throw new UncheckedIOException(new IOException("no route"));
            }
            return Response.status(status);
        }
        var token = new StatusListToken(
                LIST,
                now,
                Optional.of(now.plus(validity)),
                timeToLive,
                StatusList.of(2, 16, index -> 0),
                Optional.empty());
        return new Response(
                200,
                Headers.of("Content-Type", StatusListToken.JWT),
                token.jwt(KEY).getBytes(StandardCharsets.US_ASCII));
    }

    private static JsonObject status(URI list) {
        return JsonObject.builder()
                .put(
                        "status_list",
                        JsonObject.builder()
                                .put("idx", 3)
                                .put("uri", list.toString())
                                .build())
                .build();
    }

    private static Problem problem(Standing standing) {
        return ((Standing.Unavailable) standing).problem();
    }

    @Test
    @Requirement("W-SEC-6")
    @DisplayName("asks a dead address once in ten seconds, however many credentials name it")
    void deadList() {
        var reader = reader(this::answer);
        answers.addAll(List.of(503, 0));
        for (var credential = 0; credential < 100; credential++) {
            assertThat(problem(reader.read(status(LIST)))).isEqualTo(Problem.STATUS_RETRIEVAL_ERROR);
        }
        assertThat(asked).hasValue(1);
        now = now.plusSeconds(9);
        assertThat(problem(reader.read(status(LIST)))).isEqualTo(Problem.STATUS_RETRIEVAL_ERROR);
        assertThat(asked).hasValue(1);
        now = now.plusSeconds(1);
        assertThat(reader.read(status(LIST)))
                .isInstanceOfSatisfying(
                        Standing.Unavailable.class,
                        unavailable -> assertThat(unavailable.detail()).contains("no route"));
        assertThat(asked).hasValue(2);
        now = now.plusSeconds(10);
        assertThat(reader.read(status(LIST))).isEqualTo(new Standing.Valid());
        assertThat(asked).hasValue(3);
    }

    @Test
    @DisplayName("asks again at once when told to forget")
    void forgets() {
        var reader = reader(this::answer);
        answers.add(404);
        assertThat(problem(reader.read(status(LIST)))).isEqualTo(Problem.STATUS_RETRIEVAL_ERROR);
        reader.forget();
        assertThat(reader.read(status(LIST))).isEqualTo(new Standing.Valid());
    }

    @Test
    @DisplayName("loses no list to made-up addresses, and remembers of these a bounded number")
    void madeUp() {
        var reader = reader(this::answer);
        assertThat(reader.read(status(LIST))).isEqualTo(new Standing.Valid());
        for (var number = 0; number < 1_000; number++) {
            answers.add(404);
            reader.read(status(URI.create("https://issuer.example/none/" + number)));
        }
        var before = asked.get();
        assertThat(reader.read(status(LIST))).isEqualTo(new Standing.Valid());
        assertThat(asked).hasValue(before);
    }

    @Test
    @DisplayName("uses a copy as long as ttl says, and no longer than exp")
    void ttlAndExp() {
        var reader = reader(this::answer);
        for (var second : List.of(0, 299)) {
            now = START.plusSeconds(second);
            assertThat(reader.read(status(LIST))).isEqualTo(new Standing.Valid());
            assertThat(asked).hasValue(1);
        }
        validity = Duration.ofSeconds(60);
        now = START.plusSeconds(300);
        assertThat(reader.read(status(LIST))).isEqualTo(new Standing.Valid());
        assertThat(asked).hasValue(2);
        now = START.plusSeconds(360);
        assertThat(reader.read(status(LIST))).isEqualTo(new Standing.Valid());
        assertThat(asked).as("the copy has expired before its ttl was over").hasValue(3);
        timeToLive = Optional.empty();
        now = START.plusSeconds(420);
        assertThat(reader.read(status(LIST))).isEqualTo(new Standing.Valid());
        now = START.plusSeconds(421);
        assertThat(reader.read(status(LIST))).isEqualTo(new Standing.Valid());
        assertThat(asked).as("without ttl nobody has said that it may be kept").hasValue(5);
    }

    @Test
    @DisplayName("asks no private address that a stranger's credential names, and says why")
    void privateAddress() {
        var reader = reader(new PublicTransport(this::answer));
        for (var address :
                List.of("https://127.0.0.1/statuslists/1", "https://169.254.169.254/1", "http://192.0.2.1/1")) {
            assertThat(problem(reader.read(status(URI.create(address))))).isEqualTo(Problem.STATUS_RETRIEVAL_ERROR);
        }
        assertThat(asked).hasValue(0);
    }
}
