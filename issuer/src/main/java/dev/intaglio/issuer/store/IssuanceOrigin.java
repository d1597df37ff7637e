package dev.intaglio.issuer.store;

import dev.intaglio.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// By what credentials can be found again when somebody or something behind them turns out not to be trusted any more. No
/// claim is in it.
///
/// @param clientId the wallet, unless it was anonymous
/// @param walletInstance the thumbprint of the key that its provider attested for this one installation
/// @param walletProvider who attested that, or else the keys
/// @param attestedKeys thumbprints of the keys the credentials are bound to, in their order, where somebody attested them;
///     [#NOT_ATTESTED] where nobody did; empty if nobody attested any
/// @param offer the offer it came of
/// @param transaction the handle of the deferred transaction it ended
/// @param attestations where the statuses of those attestations can be read
public record IssuanceOrigin(
        Optional<String> clientId,
        Optional<String> walletInstance,
        Optional<String> walletProvider,
        List<String> attestedKeys,
        Optional<String> offer,
        Optional<String> transaction,
        List<AttestationReference> attestations) {
    /// Stands for a key that nobody attested beside keys that somebody did.
    public static final String NOT_ATTESTED = "-";

    public static final IssuanceOrigin UNKNOWN =
            new IssuanceOrigin(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public IssuanceOrigin {
        attestedKeys = List.copyOf(attestedKeys);
        attestations = List.copyOf(attestations);
    }

    /// Of no offer, and at once.
    public IssuanceOrigin(
            Optional<String> clientId,
            Optional<String> walletInstance,
            Optional<String> walletProvider,
            List<String> attestedKeys) {
        this(clientId, walletInstance, walletProvider, attestedKeys, Optional.empty(), Optional.empty(), List.of());
    }

    /// The same, of no more than so many credentials.
    public IssuanceOrigin limited(int credentials) {
        return new IssuanceOrigin(
                clientId,
                walletInstance,
                walletProvider,
                attestedKeys.subList(0, Math.min(credentials, attestedKeys.size())),
                offer,
                transaction,
                attestations);
    }

    /// The same, by a deferred transaction.
    public IssuanceOrigin ending(String handle) {
        return new IssuanceOrigin(
                clientId, walletInstance, walletProvider, attestedKeys, offer, Optional.of(handle), attestations);
    }

    public JsonObject write() {
        return JsonObject.builder()
                .putIf("client", clientId)
                .putIf("wallet_instance", walletInstance)
                .putIf("wallet_provider", walletProvider)
                .putUnlessEmpty("attested_keys", attestedKeys)
                .putIf("offer", offer)
                .putIf("transaction", transaction)
                .putEach("attestations", attestations.stream(), AttestationReference::write)
                .build();
    }

    public static IssuanceOrigin read(JsonObject json) {
        return new IssuanceOrigin(
                json.optionalString("client"),
                json.optionalString("wallet_instance"),
                json.optionalString("wallet_provider"),
                json.optionalStrings("attested_keys").orElse(List.of()),
                json.optionalString("offer"),
                json.optionalString("transaction"),
                json.optionalObjects("attestations").orElse(List.of()).stream()
                        .map(AttestationReference::read)
                        .toList());
    }

    @Override
    public String toString() {
        return "IssuanceOrigin[]";
    }
}
