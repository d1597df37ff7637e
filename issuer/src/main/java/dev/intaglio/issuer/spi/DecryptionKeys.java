package dev.intaglio.issuer.spi;

import dev.intaglio.keys.AgreementKey;
import java.util.Optional;

/// The keys that wallets encrypt Credential Requests to (§10). All nodes of an issuer answer alike. Asked for every metadata
/// document and every encrypted request, by many threads: implementations answer from memory.
///
/// [dev.intaglio.issuer.encryption.RotatingDecryptionKeys] makes such keys by itself.
public interface DecryptionKeys {
    /// The key wallets are to use from now on; the metadata publishes it.
    AgreementKey current();

    /// The key of a `kid`, if it is the current one or was until lately: wallets keep metadata for a while.
    Optional<AgreementKey> find(String kid);
}
