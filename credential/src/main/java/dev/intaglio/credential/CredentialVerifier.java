package dev.intaglio.credential;

import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.time.Instant;

/// Checks credentials of a format as a holder does who has just received them. May be called by many threads.
public interface CredentialVerifier {
    /// Whether this is a verifier for credentials of that Credential Format Identifier.
    boolean reads(String format);

    /// Whether something looks like a credential of one of these formats. It may still be a bad one, or none.
    ///
    /// @param credential a string, or a JSON object
    boolean recognises(Object credential);

    /// Checks structure, signature, issuer and validity. Never throws for a bad credential, whatever it holds.
    ///
    /// @param credential as it stood in `credentials[].credential`
    Verification verify(Object credential, TrustAnchors anchors, Instant now);

    /// The type that credentials of a configuration have, to be held against [Verification.Verified#type].
    String type(CredentialConfiguration configuration);
}
