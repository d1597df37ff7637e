package dev.intaglio.protocol.credential;

import dev.intaglio.protocol.explanation.Explanation;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `proofs` of a Credential Request (§8.2): keys to bind credentials to, by exactly one type of proof.
public sealed interface Proofs {
    /// The member's name on the wire, and the key in `proof_types_supported`.
    String type();

    /// How many proofs there are.
    int size();

    /// Key proofs as JWTs (App. F.1).
    record Jwt(List<String> proofs) implements Proofs {
        public static final String TYPE = "jwt";

        public Jwt {
            proofs = requireSome(TYPE, proofs);
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public int size() {
            return proofs.size();
        }

        /// How many; not which.
        @Override
        public String toString() {
            return "Jwt[" + proofs.size() + "]";
        }
    }

    /// One key attestation that stands for all its keys (App. F.3).
    record Attestation(String keyAttestation) implements Proofs {
        public static final String TYPE = "attestation";

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public String toString() {
            return "Attestation";
        }
    }

    /// Verifiable Presentations secured by Data Integrity (App. F.2).
    record DataIntegrity(List<JsonObject> presentations) implements Proofs {
        public static final String TYPE = "di_vp";

        public DataIntegrity {
            presentations = requireSome(TYPE, presentations);
        }

        @Override
        public String type() {
            return TYPE;
        }

        @Override
        public int size() {
            return presentations.size();
        }
    }

    /// A type of proof that this standard does not define.
    ///
    /// @param proofs strings or objects, as they stand on the wire
    record Other(String type, List<Object> proofs) implements Proofs {
        public Other {
            proofs = requireSome("of this type", proofs);
        }

        @Override
        public int size() {
            return proofs.size();
        }

        /// How many; not which.
        @Override
        public String toString() {
            return type + "[" + proofs.size() + "]";
        }
    }

    /// Proofs of one type as they stand on the wire.
    ///
    /// @param proofs strings or JSON objects
    /// @throws IllegalArgumentException if proofs of this type are something else, or there is none
    static Proofs of(String type, List<?> proofs) {
        return read(JsonObject.builder().put(type, proofs).build());
    }

    /// @throws IllegalArgumentException unless there is one member with a non-empty array
    static Proofs read(JsonObject json) {
        if (json.members().size() != 1) {
            throw new JsonException(
                    "proofs holds exactly one type of proof, found "
                            + json.members().size(),
                    Explanation.of("OpenID4VCI 1.0, 8.2")
                            .expected("one member, the type of the proofs, with an array of them")
                            .came(Shown.names(json.members().keySet())));
        }
        var type = json.members().keySet().iterator().next();
        return switch (type) {
            case Jwt.TYPE -> new Jwt(json.strings(type));
            case DataIntegrity.TYPE -> new DataIntegrity(json.objects(type));
            case Attestation.TYPE -> {
                var attestations = json.strings(type);
                if (attestations.size() != 1) {
                    throw new IllegalArgumentException("proofs.attestation holds exactly one key attestation");
                }
                yield new Attestation(attestations.getFirst());
            }
            default ->
                new Other(
                        type,
                        json.optionalArray(type).orElse(List.of()).stream()
                                .map(Proofs::element)
                                .toList());
        };
    }

    private static Object element(@Nullable Object proof) {
        return switch (proof) {
            case null -> throw new IllegalArgumentException("a proof is null");
            case Map<?, ?> members -> JsonObject.of(members);
            default -> proof;
        };
    }

    default JsonObject write() {
        return switch (this) {
            case Jwt(var proofs) -> JsonObject.builder().put(Jwt.TYPE, proofs).build();
            case Attestation(var attestation) ->
                JsonObject.builder().put(Attestation.TYPE, List.of(attestation)).build();
            case DataIntegrity(var presentations) ->
                JsonObject.builder().put(DataIntegrity.TYPE, presentations).build();
            case Other(var type, var proofs) ->
                JsonObject.builder().put(type, proofs).build();
        };
    }

    private static <T> List<T> requireSome(String type, List<T> proofs) {
        if (proofs.isEmpty()) {
            throw new IllegalArgumentException("proofs." + type + " is empty");
        }
        return List.copyOf(proofs);
    }
}
