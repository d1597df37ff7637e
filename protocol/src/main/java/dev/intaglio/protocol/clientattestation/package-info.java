/// OAuth 2.0 Attestation-Based Client Authentication (draft -07, App. E): the Client Attestation, here a Wallet Attestation,
/// and the proof that its key is at hand. Made by wallet providers and wallets, verified by the authorization server.
@NullMarked
package dev.intaglio.protocol.clientattestation;

import org.jspecify.annotations.NullMarked;
