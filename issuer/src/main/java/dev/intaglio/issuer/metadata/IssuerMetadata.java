package dev.intaglio.issuer.metadata;

import dev.intaglio.issuer.encryption.MessageEncryption;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;

/// The metadata as of now: all of it stays as it is while the issuer runs, except the keys that requests are encrypted to.
public final class IssuerMetadata {
    private final MessageEncryption encryption;
    private volatile CredentialIssuerMetadata latest;

    public IssuerMetadata(CredentialIssuerMetadata metadata, MessageEncryption encryption) {
        this.encryption = encryption;
        this.latest = metadata;
    }

    /// The same instance as long as nothing changes.
    public CredentialIssuerMetadata current() {
        var known = latest;
        var keys = encryption.requestMetadata();
        if (!keys.equals(known.requestEncryption())) {
            known = known.withRequestEncryption(keys);
            latest = known;
        }
        return known;
    }
}
