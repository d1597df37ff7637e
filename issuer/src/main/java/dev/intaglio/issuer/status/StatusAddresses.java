package dev.intaglio.issuer.status;

import dev.intaglio.protocol.http.WellKnown;
import java.net.URI;

/// Where status lists are to be had.
record StatusAddresses(URI issuer) {
    /// All lists, each as a token.
    String aggregationPath() {
        return WellKnown.basePath(issuer) + "/statuslists";
    }

    String tokenPath() {
        return aggregationPath() + "/";
    }

    String credentialPath() {
        return WellKnown.basePath(issuer) + "/status-credentials/";
    }

    URI aggregation() {
        return issuer.resolve(aggregationPath());
    }

    URI token(String listId) {
        return issuer.resolve(tokenPath() + listId);
    }

    String identifiersPath() {
        return WellKnown.basePath(issuer) + "/identifierlists/";
    }

    URI identifiers(String listId) {
        return issuer.resolve(identifiersPath() + listId);
    }

    URI credential(String listId, String resource) {
        return issuer.resolve(credentialPath() + listId + "-" + resource);
    }
}
