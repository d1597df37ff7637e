package dev.intaglio.protocol.metadata;

import java.util.HashSet;
import java.util.Optional;
import java.util.stream.Stream;

final class Locales {
    private Locales() {}

    /// At most one display object per language (§12.2.4).
    static void onceEach(String member, Stream<Optional<String>> locales) {
        var seen = new HashSet<String>();
        locales.forEach(locale -> {
            if (!seen.add(locale.orElse(""))) {
                throw new IllegalArgumentException(
                        member + " has two objects for the locale " + locale.orElse("(none)"));
            }
        });
    }
}
