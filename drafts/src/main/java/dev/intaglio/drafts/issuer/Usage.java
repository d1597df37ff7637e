package dev.intaglio.drafts.issuer;

import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.store.DialectUse;
import dev.intaglio.issuer.store.DialectUses;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts which wallets speak what: by issuance, as the issuer tells of it on the request's thread, and by refusal. Counts are
/// gathered here and written every few seconds, so that issuing costs no statement more.
final class Usage implements IssuanceListener {
    /// What is not a draft.
    static final String STANDARD = "1.0";

    private static final Logger LOG = LoggerFactory.getLogger(Usage.class);
    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final int MOST_KINDS = 1_000;
    private static final int MOST_CLIENTS = 10_000;
    private static final int LONGEST = 200;
    private static final Pattern PRODUCT = Pattern.compile("^\\s*([A-Za-z0-9._-]{1,40})");

    private final DialectUses store;
    private final Consumer<DialectUse> counted;
    private final Clock clock;
    private final ThreadLocal<@Nullable Speaking> speaking = new ThreadLocal<>();
    private final Map<Kind, DialectUse> gathered = new ConcurrentHashMap<>();
    private final Map<String, String> attesters = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> written;

    /// One request, while it is answered.
    private static final class Speaking {
        private final String dialect;
        private final String agent;
        private String configurationId = "";

        Speaking(String dialect, String agent) {
            this.dialect = dialect;
            this.agent = agent;
        }
    }

    private record Kind(String dialect, String client, String attester, String agent) {}

    Usage(DialectUses store, Consumer<DialectUse> counted, Clock clock) {
        this.store = store;
        this.counted = counted;
        this.clock = clock;
        written = new AtomicReference<>(clock.instant());
    }

    /// Answers a request in a dialect, on this thread.
    Response during(String dialect, Request request, Supplier<Response> answer) {
        speaking.set(new Speaking(dialect, agent(request)));
        try {
            return answer.get();
        } finally {
            speaking.remove();
        }
    }

    /// A request was refused because its dialect is not understood.
    void refused(String dialect, Request request) {
        count(new Kind(dialect, "", "", agent(request)), 0, 1);
    }

    /// Whose attestations a client shows; learned where it gets its tokens, by each node for itself.
    void attested(String clientId, String attester) {
        if (attesters.size() >= MOST_CLIENTS) {
            attesters.clear();
        }
        attesters.put(bounded(clientId), bounded(attester));
    }

    /// What the request that is answered on this thread was for, once the issuer has answered it.
    Optional<String> configurationId() {
        var now = speaking.get();
        return now == null || now.configurationId.isEmpty() ? Optional.empty() : Optional.of(now.configurationId);
    }

    @Override
    public void deferred(Entitlement entitlement) {
        var now = speaking.get();
        if (now != null) {
            now.configurationId = entitlement.configuration().id();
        }
    }

    @Override
    public void issued(Entitlement entitlement, IssuanceRecord issuance) {
        deferred(entitlement);
        var now = speaking.get();
        var client = bounded(entitlement.clientId().orElse(""));
        count(
                new Kind(
                        now == null ? STANDARD : now.dialect,
                        client,
                        attesters.getOrDefault(client, ""),
                        now == null ? "" : now.agent),
                1,
                0);
    }

    private void count(Kind kind, long issuances, long refusals) {
        var now = clock.instant();
        // Whoever makes names up, to fill our tables, is counted as one.
        var counting = gathered.size() < MOST_KINDS || gathered.containsKey(kind)
                ? kind
                : new Kind(kind.dialect(), "(others)", "", "");
        var use = new DialectUse(
                counting.dialect(),
                counting.client(),
                counting.attester(),
                counting.agent(),
                issuances,
                refusals,
                now,
                now);
        gathered.merge(counting, use, DialectUse::and);
        counted.accept(use);
        var last = written.get();
        if (now.isAfter(last.plus(AT_MOST)) && written.compareAndSet(last, now)) {
            write();
        }
    }

    List<DialectUse> all() {
        write();
        return store.all();
    }

    /// Counts that cannot be written are kept for the next time.
    void write() {
        var uses = new ArrayList<DialectUse>();
        for (var kind : List.copyOf(gathered.keySet())) {
            var use = gathered.remove(kind);
            if (use != null) {
                uses.add(use);
            }
        }
        try {
            store.add(uses);
        } catch (RuntimeException failed) {
            LOG.warn("Counts of dialects could not be written; next try with the next count", failed);
            uses.forEach(use -> gathered.merge(
                    new Kind(use.dialect(), use.clientId(), use.attester(), use.agent()), use, DialectUse::and));
        }
    }

    private static String agent(Request request) {
        var product = PRODUCT.matcher(request.header("User-Agent").orElse(""));
        return product.find() ? product.group(1) : "";
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
