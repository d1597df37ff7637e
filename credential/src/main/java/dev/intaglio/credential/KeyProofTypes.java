package dev.intaglio.credential;

import dev.intaglio.protocol.proof.KeyProofType;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Types of key proof beside `jwt` and `attestation`, which need no module of a format, by their identifiers.
public record KeyProofTypes(List<KeyProofType> all) {
    /// @throws IllegalArgumentException if two types have one identifier
    public KeyProofTypes {
        all = List.copyOf(all);
        var identifiers = new HashSet<String>();
        for (var type : all) {
            if (!identifiers.add(type.identifier())) {
                throw new IllegalArgumentException("two types of key proof are called " + type.identifier());
            }
        }
    }

    public static KeyProofTypes none() {
        return new KeyProofTypes(List.of());
    }

    /// Those of every [CredentialFormatProvider] there is, drafts' types among them.
    public static KeyProofTypes onClassPath() {
        return new KeyProofTypes(CredentialFormats.providers().stream()
                .flatMap(provider -> provider.keyProofTypes().stream())
                .toList());
    }

    /// Of these, those that OpenID4VCI 1.0 has.
    public KeyProofTypes standard() {
        return new KeyProofTypes(all.stream().filter(KeyProofType::standard).toList());
    }

    /// Of these, those that are named. `jwt` and `attestation` may be named too; they are always there.
    ///
    /// @throws IllegalArgumentException naming what there is, if one of the names is none of them
    public KeyProofTypes named(Collection<String> identifiers) {
        for (var identifier : identifiers) {
            if (find(identifier).isEmpty() && !identifier.equals("jwt") && !identifier.equals("attestation")) {
                throw new IllegalArgumentException("there is no key proof of type `" + identifier
                        + "` here; beside jwt and attestation there is "
                        + all.stream().map(KeyProofType::identifier).collect(Collectors.joining(", ")));
            }
        }
        return new KeyProofTypes(all.stream()
                .filter(type -> identifiers.contains(type.identifier()))
                .toList());
    }

    public Optional<KeyProofType> find(String identifier) {
        return all.stream().filter(type -> type.identifier().equals(identifier)).findFirst();
    }
}
