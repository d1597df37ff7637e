package dev.intaglio.credential;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Credential Format Profile (App. A of OpenID4VCI): how a credential type is announced and how its credentials are
/// made. One instance serves all credentials of its format and is called by many threads.
public interface CredentialFormat {
    /// The Credential Format Identifier, such as `dc+sd-jwt`.
    String identifier();

    /// Whether what a definition says for this format can be used: its parameters are known and complete, and what they
    /// say about claims fits the definition's. Asked once, before anything else is done with the definition.
    ///
    /// @throws CredentialDefinitionException made by [FormatConfiguration#error], which knows the line
    void check(CredentialDefinition definition, FormatConfiguration configuration);

    /// What the issuer metadata says about one credential type in this format.
    ///
    /// @param proofSigningAlgorithms the algorithms of key proofs accepted, JOSE names; unused where the definition
    ///     does not bind to a key
    /// @param signingAlgorithm the algorithm of the key that will sign
    CredentialConfiguration configuration(
            CredentialDefinition definition,
            FormatConfiguration configuration,
            List<String> proofSigningAlgorithms,
            JWSAlgorithm signingAlgorithm);

    /// Makes one credential, as it stands in `credentials[].credential` (§8.3): a [String], or a
    /// [dev.intaglio.protocol.json.JsonObject] where the format says so.
    ///
    /// @throws DatasetException if the dataset does not fit the definition; [MissingClaimException] if a mandatory
    ///     claim is not in it
    Object issue(Issuance issuance);

    /// Which of the issuer's keys signs, if there is one for it; if not, the key of credentials does.
    default KeyUse keyUse() {
        return KeyUse.CREDENTIAL;
    }

    /// Whether a key can sign credentials of a configuration. Asked at the start of the key that signs then.
    ///
    /// @throws CredentialDefinitionException if it cannot, with the line of what asks for another
    default void checkSigner(FormatConfiguration configuration, SigningKey key) {
        IssuerIdentification.checkSigner(configuration, key);
    }

    /// What of a definition credentials of this format carry, and what they cannot.
    ///
    /// @param configuration one that [#check] has found nothing wrong with
    FormatContents contents(CredentialDefinition definition, FormatConfiguration configuration);

    /// Where credentials of this format can say that their status is to be read: what it prefers first. By default nowhere.
    default List<StatusMechanism> statusMechanisms() {
        return List.of();
    }

    /// How status lists are secured whose readers are those of this format's credentials; needed for
    /// [StatusMechanism#BITSTRING_STATUS_LIST]. By default not at all.
    default Optional<DocumentSecuring> documentSecuring() {
        return Optional.empty();
    }

    /// JSON documents that this format wants published about a credential type, such as SD-JWT VC Type Metadata.
    ///
    /// @return by absolute path at the issuer's host; the bytes are served exactly as they are
    default Map<String, byte[]> documents(
            URI issuer, CredentialDefinition definition, FormatConfiguration configuration) {
        return Map.of();
    }
}
