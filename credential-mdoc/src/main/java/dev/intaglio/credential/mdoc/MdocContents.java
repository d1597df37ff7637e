package dev.intaglio.credential.mdoc;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.cose.CoseAlgorithm;
import dev.intaglio.credential.cose.CoseKey;
import dev.intaglio.protocol.json.JsonObject;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an mdoc says of itself, for looking at. Nothing of it is verified: not the signature, nor that the elements are
/// the ones that were signed. To rely on one, ask [MdocVerifier].
///
/// @param elements by namespace, as [MdocVerifier] shows them
/// @param hidden how many digests are signed whose elements are not here
/// @param chain leaf first
public record MdocContents(
        String docType,
        JsonObject elements,
        int hidden,
        CoseAlgorithm algorithm,
        String digestAlgorithm,
        Instant signed,
        Instant validFrom,
        Instant validUntil,
        JWK holderKey,
        List<X509Certificate> chain,
        Optional<CredentialStatus> status) {
    public MdocContents {
        chain = List.copyOf(chain);
    }

    /// @param credential as it stands in a Credential Response
    /// @throws IllegalArgumentException if it is no mdoc
    public static MdocContents read(String credential) {
        try {
            var document = IssuerSigned.read(credential);
            var mso = document.securityObject();
            var chain = document.issuerAuth().x5chain();
            var shown =
                    document.namespaces().values().stream().mapToInt(List::size).sum();
            var signed = mso.digests().values().stream().mapToInt(Map::size).sum();
            return new MdocContents(
                    mso.docType(),
                    ElementJson.of(document.namespaces()),
                    signed - shown,
                    document.issuerAuth().algorithm(),
                    mso.digestAlgorithm(),
                    mso.signed(),
                    mso.validFrom(),
                    mso.validUntil(),
                    CoseKey.read(mso.deviceKey()),
                    chain.isEmpty() ? List.of() : DocumentSigner.read(chain).chain(),
                    mso.status());
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException("a time in the mdoc is none", noTime);
        }
    }

    /// Type only: the elements are somebody's.
    @Override
    public String toString() {
        return "MdocContents[" + docType + "]";
    }
}
