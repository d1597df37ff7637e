package dev.intaglio.drafts.issuer;

import dev.intaglio.issuer.spi.ServedIssuer;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import java.net.URI;
import java.util.Optional;

/// The paths of one issuer that a draft's messages come to.
///
/// @param inserted where its metadata is by 1.0
/// @param appended where drafts up to 15 look for it
/// @param server where its authorization server's would be, were it called the same
record Addresses(
        String inserted,
        String appended,
        String server,
        String offers,
        String credential,
        Optional<String> deferred,
        Optional<String> nonce,
        URI batch,
        String deferredOfOld) {
    static Addresses of(ServedIssuer issuer) {
        var metadata = issuer.metadata();
        var base = WellKnown.basePath(issuer.identifier());
        return new Addresses(
                WellKnown.path(issuer.identifier(), CredentialIssuerMetadata.WELL_KNOWN),
                base + "/.well-known/" + CredentialIssuerMetadata.WELL_KNOWN,
                WellKnown.path(issuer.identifier(), AuthorizationServerMetadata.WELL_KNOWN),
                base + "/offers/",
                metadata.credentialEndpoint().getRawPath(),
                metadata.deferredCredentialEndpoint().map(URI::getRawPath),
                metadata.nonceEndpoint().map(URI::getRawPath),
                issuer.identifier().resolve(base + "/batch_credential"),
                base + "/deferred-credential");
    }

    boolean metadata(String path) {
        return path.equals(inserted) || path.equals(appended);
    }

    boolean deferred(String path) {
        return deferred.filter(path::equals).isPresent();
    }
}
