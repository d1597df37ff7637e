package dev.intaglio.authorization.client;

import dev.intaglio.protocol.clientattestation.AttestedWallet;
import java.util.Optional;

/// Who sends a request.
///
/// @param id empty for an anonymous client (§6.1)
/// @param authentication how we know
public record Client(Optional<String> id, Authentication authentication) {
    public static final Client ANONYMOUS = new Client(Optional.empty());

    /// A client that authenticated by nothing, or by a way that needs no further word.
    public Client(Optional<String> id) {
        this(id, new Authentication.None());
    }

    /// How a client showed who it is.
    public sealed interface Authentication {
        /// It did not: a public client, or one that some other [ClientAuthentication] knows.
        record None() implements Authentication {}

        /// By a key it registered.
        record RegisteredKey() implements Authentication {}

        /// By an attested key, which tells its instances apart.
        record Attested(AttestedWallet wallet) implements Authentication {}
    }

    /// Whether something that only this client has was shown.
    public boolean authenticated() {
        return switch (authentication) {
            case Authentication.None() -> false;
            case Authentication.RegisteredKey() -> true;
            case Authentication.Attested ignored -> true;
        };
    }

    /// The key of the instance, where instances are told apart.
    public Optional<String> instanceKeyThumbprint() {
        return attestedWallet().map(AttestedWallet::instance);
    }

    /// What its attestation told, if it has one.
    public Optional<AttestedWallet> attestedWallet() {
        return switch (authentication) {
            case Authentication.None() -> Optional.empty();
            case Authentication.RegisteredKey() -> Optional.empty();
            case Authentication.Attested(var wallet) -> Optional.of(wallet);
        };
    }
}
