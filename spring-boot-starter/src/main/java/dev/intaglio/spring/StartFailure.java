package dev.intaglio.spring;

import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/// Tells an operator in a sentence why the application does not start. What our own code throws at start is written for
/// them; it only must not drown in the stack traces around it.
final class StartFailure implements FailureAnalyzer {
    private static final String OURS = "dev.intaglio.";
    private static final int DEEPEST = 50;

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(DEEPEST)
                .flatMap(cause -> sentence(cause).stream())
                .reduce((outer, inner) -> inner)
                .map(sentence ->
                        new FailureAnalysis(sentence, "Correct the setting or the file it speaks of.", failure))
                .orElse(null);
    }

    private static Optional<String> sentence(Throwable cause) {
        if (cause instanceof FileSystemException file) {
            return Optional.of("A file cannot be used: " + file.getFile()
                    + Optional.ofNullable(file.getReason())
                            .map(reason -> " (" + reason + ")")
                            .orElse(""));
        }
        var trace = cause.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith(OURS)
                ? Optional.ofNullable(cause.getMessage())
                : Optional.empty();
    }
}
