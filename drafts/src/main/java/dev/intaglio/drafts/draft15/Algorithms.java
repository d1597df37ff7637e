package dev.intaglio.drafts.draft15;

import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Signature algorithms by their JOSE names, as drafts up to 15 have them for every format, and by COSE numbers, as 1.0 has
/// them for mdocs.
final class Algorithms {
    private static final Map<Long, String> NAMES = Map.of(
            -7L, "ES256", -9L, "ES256", -35L, "ES384", -51L, "ES384", -36L, "ES512", -52L, "ES512", -8L, "EdDSA", -19L,
            "EdDSA");
    private static final Map<String, Long> NUMBERS = Map.of("ES256", -7L, "ES384", -35L, "ES512", -36L, "EdDSA", -8L);

    private Algorithms() {}

    static List<Object> names(List<@Nullable Object> algorithms) {
        var names = new ArrayList<>();
        for (var algorithm : algorithms) {
            var name =
                    algorithm instanceof Long number ? NAMES.getOrDefault(number, String.valueOf(number)) : algorithm;
            if (name != null && !names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    static List<Object> numbers(List<@Nullable Object> algorithms) {
        var numbers = new ArrayList<>();
        for (var algorithm : algorithms) {
            var known = algorithm instanceof String name ? NUMBERS.get(name) : null;
            if (known != null) {
                numbers.add(known);
            } else if (algorithm != null) {
                numbers.add(algorithm);
            }
        }
        return numbers;
    }

    /// What an issuer takes that says nothing: proofs that are JWTs.
    static JsonObject jwtProofs() {
        return JsonObject.builder()
                .put(
                        "jwt",
                        JsonObject.builder()
                                .put("proof_signing_alg_values_supported", List.of("ES256", "ES384", "ES512", "EdDSA"))
                                .build())
                .build();
    }
}
