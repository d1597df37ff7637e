package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command that stays until it is stopped, as by Ctrl-C.
final class Background implements AutoCloseable {
    private final Ran.Sitting sitting;
    private final CompletableFuture<Ran> result = new CompletableFuture<>();
    private final Thread thread;

    Background(Ran.Sitting sitting, String... arguments) {
        this.sitting = sitting;
        thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                result.complete(sitting.run(arguments));
            } catch (RuntimeException | Error failed) {
                result.completeExceptionally(failed);
            }
        });
    }

    /// Waits until it has printed this.
    Matcher await(String pattern) throws InterruptedException {
        var compiled = Pattern.compile(pattern, Pattern.MULTILINE);
        for (var left = 600; left > 0 && !result.isDone(); left--) {
            var matcher = compiled.matcher(sitting.printed());
            if (matcher.find()) {
                return matcher;
            }
            Thread.sleep(100);
        }
        var matcher = compiled.matcher(sitting.printed());
        assertThat(matcher.find())
                .as(() -> "it printed: " + sitting.printed() + "\n"
                        + (result.isDone() ? result.join() : "and has not ended"))
                .isTrue();
        return matcher;
    }

    Ran stop() throws Exception {
        thread.interrupt();
        return result.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(60_000);
    }
}
