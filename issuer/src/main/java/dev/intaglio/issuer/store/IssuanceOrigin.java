package dev.intaglio.issuer.store;

import java.util.List;
import java.util.Optional;

/// By what credentials can be found again when somebody or something behind them turns out not to be trusted any more. No
/// claim is in it.
///
/// @param clientId the wallet, unless it was anonymous
/// @param walletInstance the thumbprint of the key that its provider attested for this one installation
/// @param walletProvider who attested that
/// @param attestedKeys thumbprints of the keys the credentials are bound to, in their order, where somebody attested them
public record IssuanceOrigin(
        Optional<String> clientId,
        Optional<String> walletInstance,
        Optional<String> walletProvider,
        List<String> attestedKeys) {
    public static final IssuanceOrigin UNKNOWN =
            new IssuanceOrigin(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public IssuanceOrigin {
        attestedKeys = List.copyOf(attestedKeys);
    }

    @Override
    public String toString() {
        return "IssuanceOrigin[]";
    }
}
