package dev.intaglio.wallet;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.wallet.spi.WalletAttestations;

/// How a wallet shows an authorization server which client it is. It is shown where the server lists the method; elsewhere the
/// wallet is a public client.
sealed interface ClientAuthentication {
    /// It only says its `client_id`, if it has one.
    record None() implements ClientAuthentication {}

    /// By a signed assertion (RFC 7523, `private_key_jwt`). The wallet needs a `client_id`, registered with this key.
    record PrivateKeyJwt(SigningKey key) implements ClientAuthentication {}

    /// By a Wallet Attestation (App. E, `attest_jwt_client_auth`). The `client_id` is that of the attestation.
    record Attestation(WalletAttestations attestations) implements ClientAuthentication {}
}
