package dev.intaglio.keys;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The key ring that stays as it was made.
record FixedKeyRing(Map<KeyUse, List<SigningKey>> keys) implements KeyRing {

    FixedKeyRing {
        var copy = new EnumMap<KeyUse, List<SigningKey>>(KeyUse.class);
        keys.forEach((use, list) -> copy.put(use, distinct(use, List.copyOf(list))));
        keys = copy;
    }

    static FixedKeyRing of(SigningKey key) {
        return new FixedKeyRing(
                Arrays.stream(KeyUse.values()).collect(Collectors.toMap(Function.identity(), use -> List.of(key))));
    }

    static FixedKeyRing of(Map<KeyUse, List<SigningKey>> keys) {
        return new FixedKeyRing(keys);
    }

    private static List<SigningKey> distinct(KeyUse use, List<SigningKey> keys) {
        if (keys.isEmpty()) throw new IllegalArgumentException("the list of keys for " + use + " is empty");
        var kids = new HashSet<String>();
        for (var key : keys) {
            var kid = key.publicJwk().getKeyID();
            // Verifiers choose a key by kid; two keys under one name make one of them unusable.
            if (!kids.add(kid)) throw new IllegalArgumentException("two keys for " + use + " have the kid " + kid);
        }
        return keys;
    }

    @Override
    public SigningKey current(KeyUse use) {
        var published = keys.get(use);
        if (published == null) throw new IllegalStateException("no signing key is configured for " + use);
        return published.getFirst();
    }

    @Override
    public List<SigningKey> published(KeyUse use) {
        return keys.getOrDefault(use, List.of());
    }
}
