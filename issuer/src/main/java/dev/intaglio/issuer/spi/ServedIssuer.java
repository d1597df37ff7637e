package dev.intaglio.issuer.spi;

import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;

/// A Credential Issuer as whoever stands in front of it sees it. It speaks the standard and nothing else; what differs lies
/// around its [#handler] or, where it is inside a signature, in a [Variation] of it.
public interface ServedIssuer {
    /// The Credential Issuer Identifier (§12.2.1).
    URI identifier();

    /// As of now.
    CredentialIssuerMetadata metadata();

    /// Whether a path is one of this issuer's.
    boolean serves(String path);

    /// All its endpoints.
    Handler handler();

    /// The same issuer varied. Credential types, claims, keys, rules and stores are the same; so is the name in its credentials,
    /// and a `c_nonce` or an offer of one is a `c_nonce` or an offer of the other, to be used once between them.
    ServedIssuer varied(Variation variation);

    /// What may differ.
    ///
    /// @param identifier the audience of key proofs, and what all addresses begin with
    /// @param formats in place of those of the same identifier
    /// @param issuances what stands before the store of issuances
    /// @param listener is told besides those that are told already
    /// @param keyAttestationType the `typ` of key attestations
    record Variation(
            URI identifier,
            List<CredentialFormat> formats,
            UnaryOperator<Issuances> issuances,
            IssuanceListener listener,
            String keyAttestationType) {
        public Variation {
            formats = List.copyOf(formats);
        }
    }
}
