package dev.intaglio.credential.mdoc;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.CredentialVerifier;
import dev.intaglio.credential.RejectedException;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cose.CoseKey;
import dev.intaglio.credential.mdoc.IssuerSigned.Item;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks an mdoc as its holder does on receiving it: the issuer data authentication of ISO/IEC 18013-5 §9.3.1 over
/// every data element. [Verification.Verified#claims] are the elements by namespace, see [ElementJson].
///
/// A document type is believed of every document signer that the trust anchors certify; who trusts authorities for
/// some types only gives each verification the anchors of its type. Driving licences want a signer's certificate made
/// for them, of the country that the licence is of.
public final class MdocVerifier implements CredentialVerifier {
    static final String MDL = "org.iso.18013.5.1.mDL";

    private static final String MDL_NAMESPACE = "org.iso.18013.5.1";
    private static final String ISSUING_COUNTRY = "issuing_country";
    private static final Set<String> DIGEST_ALGORITHMS = Set.of("SHA-256", "SHA-384", "SHA-512");
    private static final int SHORTEST_RANDOM = 16;
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    @Override
    public boolean reads(String format) {
        return format.equals(MsoMdocFormat.IDENTIFIER);
    }

    /// Base64url of a CBOR map.
    @Override
    public boolean recognises(Object credential) {
        return credential instanceof String text
                && !text.isEmpty()
                && "opqrstuv".indexOf(text.charAt(0)) >= 0
                && text.chars().allMatch(MdocVerifier::base64url);
    }

    private static boolean base64url(int letter) {
        return letter < 0x80 && Character.isLetterOrDigit(letter) || letter == '-' || letter == '_';
    }

    @Override
    public String type(CredentialConfiguration configuration) {
        return configuration.formatParameters().string("doctype");
    }

    @Override
    public Verification verify(Object credential, TrustAnchors anchors, Instant now) {
        if (!(credential instanceof String text)) {
            return new Rejected(Reason.MALFORMED, "an mdoc is a string");
        }
        try {
            return verify(IssuerSigned.read(text), anchors, now);
        } catch (RejectedException rejected) {
            return rejected.outcome();
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return new Rejected(Reason.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    /// §9.3.1, "Inspection procedure for issuer data authentication".
    private static Verification verify(IssuerSigned document, TrustAnchors anchors, Instant now) {
        var auth = document.issuerAuth();
        var mso = document.securityObject();
        var chain = auth.x5chain();
        if (chain.isEmpty()) {
            throw new RejectedException(Reason.UNTRUSTED_ISSUER, "there is no x5chain, so nothing says who signed");
        }
        var signer = DocumentSigner.read(chain);
        signer.distrust(mso.docType(), anchors, now).ifPresent(reason -> {
            throw new RejectedException(Reason.UNTRUSTED_ISSUER, reason); // step 1
        });
        if (!auth.verifies(X5c.publicJwk(signer.certificate()))) {
            throw new RejectedException(
                    Reason.SIGNATURE, "the signature is not by the key of the certificate in x5chain"); // 2
        }
        document.namespaces().forEach((namespace, items) -> requireDigests(mso, namespace, items)); // 3
        requireValidity(mso, signer, now); // 5
        requireCountry(mso, document, signer);
        return new Verified(
                MsoMdocFormat.IDENTIFIER,
                mso.docType(), // 4: held against what was asked for by who knows that
                ElementJson.of(document.namespaces()),
                Optional.of(deviceKey(mso)),
                signer.chain(),
                Optional.of(mso.validUntil()),
                mso.status());
    }

    private static void requireDigests(MobileSecurityObject mso, String namespace, List<Item> items) {
        var digests = mso.digests().getOrDefault(namespace, Map.of());
        var hash = hash(mso.digestAlgorithm());
        var ids = new HashSet<Long>();
        var identifiers = new HashSet<String>();
        for (var item : items) {
            if (!MessageDigest.isEqual(hash.digest(item.encoded()), digests.get(item.digestId()))) {
                throw new RejectedException(Reason.DIGEST, "a data element is not the one whose digest is signed");
            }
            if (!ids.add(item.digestId()) || !identifiers.add(item.identifier())) {
                throw new RejectedException(Reason.DIGEST, "a data element or the number of a digest is there twice");
            }
            if (item.random().length < SHORTEST_RANDOM) {
                throw new RejectedException(
                        Reason.DIGEST, "a data element's random is shorter than 16 bytes (§9.1.2.5)");
            }
        }
    }

    private static MessageDigest hash(String algorithm) {
        if (!DIGEST_ALGORITHMS.contains(algorithm)) {
            throw new RejectedException(Reason.DIGEST, "the digest algorithm is none of " + DIGEST_ALGORITHMS);
        }
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }

    private static void requireValidity(MobileSecurityObject mso, DocumentSigner signer, Instant now) {
        if (!signer.validAt(mso.signed())) {
            throw new RejectedException(
                    Reason.UNTRUSTED_ISSUER,
                    "signed at a time at which the document signer's certificate is not valid");
        }
        if (mso.validFrom().isBefore(mso.signed()) || !mso.validUntil().isAfter(mso.validFrom())) {
            throw new RejectedException(Reason.MALFORMED, "the times of validityInfo are not in order (§9.1.2.4)");
        }
        if (mso.validFrom().isAfter(now.plus(CLOCK_SKEW))) {
            throw new RejectedException(Reason.NOT_YET_VALID, "valid from " + mso.validFrom());
        }
        if (!mso.validUntil().isAfter(now.minus(CLOCK_SKEW))) {
            throw new RejectedException(Reason.EXPIRED, "valid until " + mso.validUntil());
        }
    }

    /// A licence's country is its signer's (§9.3.1, last step).
    private static void requireCountry(MobileSecurityObject mso, IssuerSigned document, DocumentSigner signer) {
        if (!mso.docType().equals(MDL)) {
            return;
        }
        for (var item : document.namespaces().getOrDefault(MDL_NAMESPACE, List.of())) {
            if (item.identifier().equals(ISSUING_COUNTRY)
                    && !signer.country().map(Cbor::of).equals(Optional.of(item.value()))) {
                throw new RejectedException(
                        Reason.UNTRUSTED_ISSUER, "the document signer's certificate is not of the issuing country");
            }
        }
    }

    private static JWK deviceKey(MobileSecurityObject mso) {
        try {
            return CoseKey.read(mso.deviceKey());
        } catch (IllegalArgumentException unreadable) {
            throw new RejectedException(Reason.HOLDER_KEY, String.valueOf(unreadable.getMessage()));
        }
    }
}
