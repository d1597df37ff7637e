package dev.intaglio.credential;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Verifiers by the formats they read; of two that read one format, the first is asked.
public record CredentialVerifiers(List<CredentialVerifier> all) {
    public CredentialVerifiers {
        all = List.copyOf(all);
    }

    /// Those of every [CredentialFormatProvider] there is.
    public static CredentialVerifiers onClassPath() {
        return new CredentialVerifiers(CredentialFormats.providers().stream()
                .flatMap(provider -> provider.verifiers().stream())
                .toList());
    }

    /// These verifiers, to be asked after the given one.
    public CredentialVerifiers with(CredentialVerifier verifier) {
        return new CredentialVerifiers(
                Stream.concat(Stream.of(verifier), all.stream()).toList());
    }

    /// @param format a Credential Format Identifier
    public Optional<CredentialVerifier> find(String format) {
        return all.stream().filter(one -> one.reads(format)).findFirst();
    }
}
