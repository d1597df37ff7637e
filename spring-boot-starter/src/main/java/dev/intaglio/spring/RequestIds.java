package dev.intaglio.spring;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.MDC;

/// Names requests: eight random digits for this process, eight that count. Nothing is secret about them.
public final class RequestIds {
    static final String LOGGED_AS = "requestId";

    /// What the log calls the tenant whose request it is.
    static final String TENANT = "tenant";

    private final String process;
    private final AtomicInteger count;

    RequestIds() {
        var random = new SecureRandom();
        process = HexFormat.of().toHexDigits(random.nextInt());
        count = new AtomicInteger(random.nextInt());
    }

    /// The name of the request that this thread is answering: what a reader can tell the operator.
    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(LOGGED_AS));
    }

    String next() {
        return process + HexFormat.of().toHexDigits(count.incrementAndGet());
    }
}
