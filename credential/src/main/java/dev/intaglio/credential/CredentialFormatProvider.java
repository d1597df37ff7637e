package dev.intaglio.credential;

import dev.intaglio.protocol.proof.KeyProofType;
import java.security.SecureRandom;
import java.util.List;

/// What a format's module brings to whoever has it on the class path. Named in
/// `META-INF/services/dev.intaglio.credential.CredentialFormatProvider`; has a public constructor without arguments.
public interface CredentialFormatProvider {
    /// The formats credentials can be made in.
    ///
    /// @param random for salts and whatever else must not be guessed
    List<CredentialFormat> formats(SecureRandom random);

    /// Verifiers for these formats that believe issuers by the trust anchors they are given, and nothing else.
    List<CredentialVerifier> verifiers();

    /// Types of key proof that need what the module has: its signatures, its encoding.
    default List<KeyProofType> keyProofTypes() {
        return List.of();
    }
}
