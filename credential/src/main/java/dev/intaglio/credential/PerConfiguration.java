package dev.intaglio.credential;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a format makes of each configuration, made once and not for every credential. Safe to share.
public final class PerConfiguration<T> {
    /// More configurations than this are a sign of some made per request; then all are forgotten and it begins anew.
    private static final int MAX_KEPT = 1_000;

    private final Function<FormatConfiguration, T> maker;
    private final Map<Same, T> made = new ConcurrentHashMap<>();

    /// Compared by identity: to compare what is said would cost more than to read it again.
    private record Same(FormatConfiguration configuration) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Same same && same.configuration == configuration;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(configuration);
        }
    }

    /// @param maker depends on the configuration alone
    public PerConfiguration(Function<FormatConfiguration, T> maker) {
        this.maker = maker;
    }

    public T of(FormatConfiguration configuration) {
        var key = new Same(configuration);
        var known = made.get(key);
        if (known != null) {
            return known;
        }
        var value = maker.apply(configuration);
        if (made.size() >= MAX_KEPT) {
            made.clear();
        }
        made.put(key, value);
        return value;
    }
}
