package dev.intaglio.issuer.offer;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.TxCode;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What somebody at the issuer wants offered.
///
/// @param subject whom the credentials are about, as the data source knows them; may be left out where the user signs in
///     anyway: then the offer is for whoever does
/// @param txCode present if the user shall enter a Transaction Code, which goes with the pre-authorized code alone
/// @param singleUse whether one wallet's sign-in uses the offer up; a pre-authorized code is always for one wallet
/// @param authorizationServer where the user signs in, if the issuer has several authorization servers
/// @param validity how long the offer can be taken up
/// @param claims what the credentials will say, by configuration; for those that are not here the data source is asked
public record OfferRequest(
        Optional<String> subject,
        List<String> configurationIds,
        OfferedGrants grants,
        Optional<TxCode> txCode,
        boolean singleUse,
        Optional<URI> authorizationServer,
        Duration validity,
        Map<String, JsonObject> claims) {
    private static final Duration LONGEST = Duration.ofDays(7);

    public OfferRequest {
        configurationIds = List.copyOf(configurationIds);
        claims = Map.copyOf(claims);
        if (subject.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("subject is empty");
        }
        if (subject.isEmpty() && grants.preAuthorizedCode()) {
            throw new IllegalArgumentException("subject is missing: with a pre-authorized code nobody signs in");
        }
        if (txCode.isPresent() && !grants.preAuthorizedCode()) {
            throw new IllegalArgumentException("a Transaction Code goes with a pre-authorized code only");
        }
        if (!grants.authorizationCode() && (singleUse || authorizationServer.isPresent())) {
            throw new IllegalArgumentException(
                    "single use and an authorization server can be chosen for the authorization code grant only");
        }
        if (configurationIds.isEmpty() || new HashSet<>(configurationIds).size() < configurationIds.size()) {
            throw new IllegalArgumentException(
                    "an offer is for at least one credential configuration, and for each once");
        }
        for (var id : claims.keySet()) {
            if (!configurationIds.contains(id)) {
                throw new IllegalArgumentException(
                        "there are claims for " + id + ", which is not among what is offered: " + configurationIds);
            }
        }
        if (validity.isNegative() || validity.isZero() || validity.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "an offer is valid for more than nothing and at most " + LONGEST.toDays() + " days");
        }
    }

    /// With what the data source will say.
    public OfferRequest(
            Optional<String> subject,
            List<String> configurationIds,
            OfferedGrants grants,
            Optional<TxCode> txCode,
            boolean singleUse,
            Optional<URI> authorizationServer,
            Duration validity) {
        this(subject, configurationIds, grants, txCode, singleUse, authorizationServer, validity, Map.of());
    }

    /// With a pre-authorized code.
    public OfferRequest(String subject, List<String> configurationIds, Optional<TxCode> txCode, Duration validity) {
        this(
                Optional.of(subject),
                configurationIds,
                OfferedGrants.PRE_AUTHORIZED_CODE,
                txCode,
                false,
                Optional.empty(),
                validity,
                Map.of());
    }

    /// With the authorization code grant, for any number of wallets until it expires.
    public static OfferRequest toSignIn(Optional<String> subject, List<String> configurationIds, Duration validity) {
        return new OfferRequest(
                subject,
                configurationIds,
                OfferedGrants.AUTHORIZATION_CODE,
                Optional.empty(),
                false,
                Optional.empty(),
                validity,
                Map.of());
    }

    /// The same offer, for one wallet.
    public OfferRequest once() {
        return new OfferRequest(subject, configurationIds, grants, txCode, true, authorizationServer, validity, claims);
    }

    /// The same offer, with what the credentials will say.
    ///
    /// @param byConfiguration claims by the identifier of the configuration
    public OfferRequest with(Map<String, JsonObject> byConfiguration) {
        return new OfferRequest(
                subject, configurationIds, grants, txCode, singleUse, authorizationServer, validity, byConfiguration);
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "OfferRequest[" + configurationIds + "]";
    }
}
