package dev.intaglio.issuer.proof;

import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.ProofType;
import dev.intaglio.protocol.oauth.AccessToken;

/// What the proofs of one request are held against.
///
/// @param type what the configuration announces for their type
record Asked(ProofType type, CredentialConfiguration configuration, AccessToken token) {}
