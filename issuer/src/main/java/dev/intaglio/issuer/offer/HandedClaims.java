package dev.intaglio.issuer.offer;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.issuer.spi.CredentialDatasets;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Claims that no register has, since they came with the authorization itself: those somebody at the issuer put into an offer,
/// and those a sign-in told of the person. They are good for that authorization alone, and kept sealed under the issuer's
/// secret and the authorization's name, for as long as it can be used.
///
/// Issuer and authorization server do not know each other; both are given the same object.
///
/// ```java
/// var handed = new HandedClaims(offers, secret, Duration.ofHours(1), clock);
/// AuthorizationServer.builder(…).approvals(handed::authorized);
/// CredentialIssuer.builder(…).handedClaims(handed).datasets(handed.before(register));
/// ```
public final class HandedClaims {
    /// An access token can be got in the last moment of an offer and used a while later.
    private static final Duration AFTER_OFFER = Duration.ofHours(1);

    private static final String OFFERED = "offered";
    private static final String SIGNED_IN = "signed_in";
    private static final String AT = "at";

    private final Offers store;
    private final SecretKeySpec secret;
    private final Duration kept;
    private final Clock clock;

    /// @param store shared with the offers, among which the sealed claims are kept
    /// @param secret at least 32 bytes that all nodes share; without them nobody can read what is in the store
    /// @param kept how long claims can be used after a person signed in: at least as long as an access token lives; a refresh
    ///     token that lives longer gets no claims any more
    public HandedClaims(Offers store, byte[] secret, Duration kept, Clock clock) {
        if (!kept.isPositive()) {
            throw new IllegalArgumentException("claims of a sign-in are kept for more than nothing");
        }
        this.store = store;
        this.secret = new SecretKeySpec(secret, "HmacSHA256");
        this.kept = kept;
        this.clock = clock;
    }

    /// Claims for whoever redeems a pre-authorized code.
    void offerTo(String authorizationId, Map<String, JsonObject> claims, Duration validity) {
        save(ofAuthorization(authorizationId), dated(offered(claims)), afterOffer(validity));
    }

    /// Claims for whoever signs in for an offer.
    void offerAt(String issuerState, Map<String, JsonObject> claims, Duration validity) {
        save(ofState(issuerState), offered(claims), afterOffer(validity));
    }

    private Instant afterOffer(Duration validity) {
        return clock.instant().plus(validity).plus(AFTER_OFFER);
    }

    /// A person signed in and agreed: what their offer holds, and what the sign-in told of them, now belongs to this
    /// authorization. Called by the authorization server, once for each authorization.
    ///
    /// @param issuerState of the offer, if there was one
    /// @param signedIn what the sign-in told; may be empty
    public void authorized(String authorizationId, Optional<String> issuerState, JsonObject signedIn) {
        var content = JsonObject.builder()
                .putIf(
                        OFFERED,
                        issuerState
                                .flatMap(state -> open(ofState(state)))
                                .flatMap(offer -> offer.optionalObject(OFFERED)))
                .putIf(
                        SIGNED_IN,
                        Optional.of(signedIn).filter(claims -> !claims.members().isEmpty()))
                .build();
        if (!content.members().isEmpty()) {
            save(
                    ofAuthorization(authorizationId),
                    dated(content),
                    clock.instant().plus(kept));
        }
    }

    /// Hands what an offer holds to the credential, and what a sign-in told to the source.
    ///
    /// @param source asked for what no offer holds
    public CredentialDatasets before(CredentialDatasets source) {
        return entitlement -> {
            var content = open(ofAuthorization(entitlement.authorizationId())).filter(kept -> fresh(kept, entitlement));
            return content.flatMap(kept -> offered(kept, entitlement))
                    .map(claims -> CredentialDatasets.Lookup.ready(new CredentialDataset(claims)))
                    .orElseGet(() -> source.find(content.flatMap(kept -> kept.optionalObject(SIGNED_IN))
                            .map(entitlement::with)
                            .orElse(entitlement)));
        };
    }

    /// Claims that are older than the definition takes them count as not there: the source is asked, or the person signs in again.
    private boolean fresh(JsonObject kept, Entitlement entitlement) {
        var longest = entitlement.definition().policy().freshness();
        return longest.isEmpty()
                || !kept.has(AT)
                || clock.instant()
                        .isBefore(Instant.ofEpochSecond(kept.integer(AT)).plus(longest.get()));
    }

    private JsonObject dated(JsonObject content) {
        return content.with(AT, clock.instant().getEpochSecond());
    }

    private static Optional<JsonObject> offered(JsonObject kept, Entitlement entitlement) {
        return kept.optionalObject(OFFERED)
                .flatMap(claims ->
                        claims.optionalObject(entitlement.configuration().id()));
    }

    /// Keeps claims for a wallet that was told to come back later.
    ///
    /// @param lifetime how long it can come back
    public IssuanceListener keepingWhatWaits(Duration lifetime) {
        return new IssuanceListener() {
            @Override
            public void deferred(Entitlement entitlement) {
                store.keep(
                        SealedContent.handle(ofAuthorization(entitlement.authorizationId())),
                        clock.instant().plus(lifetime));
            }
        };
    }

    private static JsonObject offered(Map<String, JsonObject> claims) {
        var byConfiguration = JsonObject.builder();
        claims.forEach(byConfiguration::put);
        return JsonObject.builder().put(OFFERED, byConfiguration.build()).build();
    }

    private void save(String reference, JsonObject content, Instant until) {
        store.save(SealedContent.handle(reference), SealedContent.seal(reference, content.bytes()), until);
    }

    private Optional<JsonObject> open(String reference) {
        return store.find(SealedContent.handle(reference), clock.instant())
                .flatMap(content -> SealedContent.open(reference, content))
                .map(Json::readObject);
    }

    private String ofAuthorization(String authorizationId) {
        return reference("authorization " + authorizationId);
    }

    private String ofState(String issuerState) {
        return reference("issuer_state " + issuerState);
    }

    /// Names of authorizations stand in other tables; so nobody opens what is sealed by a name alone.
    private String reference(String name) {
        try {
            var mac = Mac.getInstance(secret.getAlgorithm());
            mac.init(secret);
            var bytes = mac.doFinal(("handed claims " + name).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC", impossible);
        }
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "HandedClaims";
    }
}
