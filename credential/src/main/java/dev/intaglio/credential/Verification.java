package dev.intaglio.credential;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.protocol.json.JsonObject;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a [CredentialVerifier] found.
public sealed interface Verification {
    /// The credential is what it claims to be.
    ///
    /// @param format the Credential Format Identifier
    /// @param type what the format calls its type: `vct`, `doctype`, the last of `type`
    /// @param claims everything the credential says, disclosures in their places
    /// @param holderKey the key it is bound to
    /// @param chain the issuer's certificates, leaf first; empty if its key was known otherwise
    /// @param status where its status is to be read; whether somebody did is for [CredentialVerifiers#asking]
    record Verified(
            String format,
            String type,
            JsonObject claims,
            Optional<JWK> holderKey,
            List<X509Certificate> chain,
            Optional<Instant> expires,
            Optional<CredentialStatus> status)
            implements Verification {
        public Verified {
            chain = List.copyOf(chain);
        }

        /// Type and format only: the claims are somebody's.
        @Override
        public String toString() {
            return "Verified[" + format + ", " + type + "]";
        }
    }

    /// The credential is not to be relied on.
    ///
    /// @param detail for the log of whoever received it; never quotes a claim
    record Rejected(Reason reason, String detail) implements Verification {}

    /// What is wrong, in the order it is looked for.
    enum Reason {
        /// Not a credential of the format, or larger than we read.
        MALFORMED,
        /// Another kind of document, or the type is missing.
        TYPE,
        /// The chain leads to nobody trusted, or nothing says whose key it is.
        UNTRUSTED_ISSUER,
        /// The issuer's key did not make the signature.
        SIGNATURE,
        /// Disclosures and digests do not belong together.
        DISCLOSURE,
        /// A claim is not the one whose digest is signed.
        DIGEST,
        /// Its time has not come.
        NOT_YET_VALID,
        /// Its time is over.
        EXPIRED,
        /// The key it is bound to cannot be read, or is not the one it has to be.
        HOLDER_KEY,
        /// Its issuer has taken it back, as a status list says. Asked only where somebody said how: see
        /// [CredentialVerifiers#asking].
        REVOKED,
        /// Its issuer has suspended it for now, as a status list says.
        SUSPENDED,
        /// Nobody can say whether it was taken back: the list cannot be had, not be believed or not be understood.
        STATUS_UNAVAILABLE
    }
}
