package dev.intaglio.spring;

import dev.intaglio.issuer.rotation.RotatingKeyRing.KeySource;
import dev.intaglio.keys.KeyRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// The keys the properties describe, read again when one of their files has changed.
final class ReloadedKeys implements KeySource {
    private final List<Path> files;
    private final Callable<KeyRing> reader;
    private String seen = "";
    private KeyRing read;

    /// @param files directories stand for the files in them
    ReloadedKeys(List<Path> files, Callable<KeyRing> reader) {
        this.files = List.copyOf(files);
        this.reader = reader;
        read = load();
        seen = fingerprint();
    }

    @Override
    public synchronized KeyRing keys() {
        var now = fingerprint();
        if (!now.equals(seen)) {
            read = load();
            seen = now;
        }
        return read;
    }

    private KeyRing load() {
        try {
            return reader.call();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (RuntimeException unusable) {
            throw unusable;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String fingerprint() {
        return files.stream().map(ReloadedKeys::fingerprint).collect(Collectors.joining(" "));
    }

    private static String fingerprint(Path file) {
        try {
            if (Files.isDirectory(file)) {
                try (var entries = Files.list(file)) {
                    return entries.filter(Files::isRegularFile)
                            .sorted()
                            .map(ReloadedKeys::fingerprint)
                            .collect(Collectors.joining(" "));
                }
            }
            return file + "@" + Files.getLastModifiedTime(file) + "/" + Files.size(file);
        } catch (IOException none) {
            return file + "@none";
        }
    }
}
