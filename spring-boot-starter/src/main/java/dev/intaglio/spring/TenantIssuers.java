package dev.intaglio.spring;

import dev.intaglio.storage.jdbc.tenant.Tenant;
import dev.intaglio.storage.jdbc.tenant.Tenants;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/// The issuers of tenants: put together when the first request comes, kept while there is room. They share connections and
/// this one timer, so that a tenant nobody asks for is a row in a table and an entry in a map.
public final class TenantIssuers implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(TenantIssuers.class);

    /// Requests that began before a tenant changed are answered by then.
    private static final long REQUESTS_LAST_SECONDS = 60;

    private final Tenants store;
    private final TenantAssembly assembly;
    private final IssuerIdentifier main;
    private final int room;
    private final List<IssuerStart> starts;
    private final Clock clock;
    private final ConcurrentHashMap<String, Kept> kept = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;
    private volatile TenantDirectory directory;
    private volatile long changes;

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is logged where it fails.
    TenantIssuers(
            Tenants store,
            TenantAssembly assembly,
            IssuerIdentifier main,
            TenantProperties properties,
            List<IssuerStart> starts,
            Clock clock) {
        this.store = store;
        this.assembly = assembly;
        this.main = main;
        this.room = properties.kept();
        this.starts = List.copyOf(starts);
        this.clock = clock;
        changes = store.changes();
        directory = new TenantDirectory(main, store.all());
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("tenants").factory());
        var period = properties.refresh().toMillis();
        timer.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.MILLISECONDS);
    }

    /// A tenant's issuer, if there is one and it is enabled.
    ///
    /// @throws IllegalStateException if it cannot be put together
    public Optional<AssembledIssuer> find(String name) {
        return directory.find(name).filter(Tenant::enabled).map(this::assembled);
    }

    /// A tenant's issuer, if it is in memory.
    Optional<AssembledIssuer> present(String name) {
        return Optional.ofNullable(kept.get(name)).flatMap(Kept::present);
    }

    /// Those that are in memory at the moment.
    List<AssembledIssuer> inMemory() {
        return kept.values().stream().flatMap(one -> one.present().stream()).toList();
    }

    /// How many are in memory at the moment.
    public int assembled() {
        return kept.size();
    }

    TenantDirectory directory() {
        return directory;
    }

    /// Reads again which tenants there are.
    void refresh() {
        var now = store.changes();
        directory = new TenantDirectory(main, store.all());
        changes = now;
    }

    AssembledIssuer assembled(Tenant tenant) {
        var one = kept.compute(tenant.name(), (name, before) -> {
            if (before != null && before.version == tenant.version()) {
                return before;
            }
            closeLater(before);
            return new Kept(tenant.name(), tenant.version());
        });
        return one.get();
    }

    private void tick() {
        try {
            if (store.changes() != changes) {
                refresh();
            }
            kept.keySet()
                    .removeIf(
                            name -> directory.find(name).filter(Tenant::enabled).isEmpty());
            makeRoom();
        } catch (RuntimeException failure) {
            // An exception would end the schedule.
            LOG.warn("Tenants could not be read; next try soon", failure);
        }
    }

    private void makeRoom() {
        var tooMany = kept.size() - room;
        if (tooMany > 0) {
            kept.values().stream()
                    .sorted(Comparator.comparingLong(one -> one.lastUse))
                    .limit(tooMany)
                    .toList()
                    .forEach(one -> {
                        if (kept.remove(one.name, one)) {
                            closeLater(one);
                        }
                    });
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What fails is logged where it fails.
    private void closeLater(@Nullable Kept one) {
        if (one != null) {
            timer.schedule(one::close, REQUESTS_LAST_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
        kept.values().forEach(Kept::close);
    }

    /// One of them, put together by whoever asks first while the others wait.
    private final class Kept {
        private final String name;
        private final long version;
        private volatile long lastUse;
        private TenantAssembly.@Nullable Assembled assembled;

        Kept(String name, long version) {
            this.name = name;
            this.version = version;
            lastUse = clock.millis();
        }

        synchronized AssembledIssuer get() {
            lastUse = clock.millis();
            if (assembled == null) {
                try {
                    var definition = store.version(name, version).orElseThrow();
                    assembled = assembly.assemble(
                            name, version, TenantDefinition.read(TenantAdministration.definition(definition)));
                    starts.forEach(start -> start.begins(assembled.issuer()));
                } catch (RuntimeException failed) {
                    kept.remove(name, this);
                    throw new IllegalStateException("the tenant " + name + " cannot be served", failed);
                }
            }
            return assembled.issuer();
        }

        synchronized Optional<AssembledIssuer> present() {
            return Optional.ofNullable(assembled).map(TenantAssembly.Assembled::issuer);
        }

        synchronized void close() {
            try {
                if (assembled != null) {
                    assembled.sources().close();
                }
            } catch (Exception failed) {
                LOG.warn("The sources of the tenant {} could not be closed", name, failed);
            }
        }
    }
}
