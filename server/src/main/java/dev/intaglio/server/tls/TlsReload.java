package dev.intaglio.server.tls;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundleRegistry;

/// Gives the server its certificate, and the next one when the files change. Files that cannot be used change nothing.
///
/// It compares contents rather than waiting for events: secrets that an orchestrator mounts change by links to other
/// directories, of which no event tells. And it acts when it has seen the same content twice, so that a key and its
/// certificate need not be replaced in one moment.
final class TlsReload implements SslBundleRegistrar, DisposableBean {
    static final String BUNDLE = "intaglio";

    private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

    private final TlsFiles files;
    private final Duration interval;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tls reload").factory());
    private @Nullable SslBundleRegistry registry;
    private String seen = "";
    private String decided = "";

    TlsReload(TlsFiles files, Duration interval, Clock clock) {
        this.files = files;
        this.interval = interval;
        this.clock = clock;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // What fails is logged where it fails.
    public synchronized void registerBundles(SslBundleRegistry bundles) {
        registry = bundles;
        decided = files.fingerprint();
        seen = decided;
        var key = files.load(clock.instant());
        bundles.registerBundle(BUNDLE, key.bundle());
        LOG.info("TLS with the certificate of {}: {}", files, key);
        if (interval.isPositive()) {
            timer.scheduleWithFixedDelay(this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Takes up what is in the files, if it is new, complete and of use.
    synchronized void look() {
        try {
            var now = files.fingerprint();
            var settled = now.equals(seen);
            seen = now;
            if (settled && !now.equals(decided)) {
                decided = now;
                takeUp();
            }
        } catch (RuntimeException failure) {
            // An exception would end the schedule.
            LOG.error("The TLS certificate could not be replaced", failure);
        }
    }

    private void takeUp() {
        TlsKey key;
        try {
            key = files.load(clock.instant());
        } catch (IllegalStateException unusable) {
            LOG.error(
                    "The new TLS certificate is not used, the old one stays: {}",
                    Optional.ofNullable(unusable.getMessage()).orElse("it cannot be read"));
            return;
        }
        if (registry != null) {
            registry.updateBundle(BUNDLE, key.bundle());
            LOG.info("New TLS certificate taken up from {}: {}", files, key);
        }
    }

    @Override
    public void destroy() {
        timer.shutdownNow();
    }
}
