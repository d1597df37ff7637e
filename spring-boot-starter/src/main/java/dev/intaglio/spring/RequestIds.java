package dev.intaglio.spring;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/// Names requests: eight random digits for this process, eight that count. Nothing is secret about them.
final class RequestIds {
    private final String process;
    private final AtomicInteger count;

    RequestIds() {
        var random = new SecureRandom();
        process = HexFormat.of().toHexDigits(random.nextInt());
        count = new AtomicInteger(random.nextInt());
    }

    String next() {
        return process + HexFormat.of().toHexDigits(count.incrementAndGet());
    }
}
