package dev.intaglio.issuer.offer;

import dev.intaglio.issuer.spi.IssuerStates;
import dev.intaglio.issuer.spi.PreAuthorizedCodes;
import dev.intaglio.issuer.store.Offers;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.Grants;
import dev.intaglio.protocol.trail.Trail;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes Credential Offers, and finds those handed out by reference. An offer can be read any number of times until it is
/// redeemed or expires, by anybody who has the reference.
public final class CredentialOffers {
    /// So that the page can say that the offer has expired.
    private static final Duration PAGE_OUTLIVES_OFFER = Duration.ofDays(1);

    private final URI credentialIssuer;
    private final URI base;
    private final Set<String> configurationIds;
    private final PreAuthorizedCodes codes;
    private final Optional<IssuerStates> issuerStates;
    private final List<URI> authorizationServers;
    private final Optional<URI> ownServer;
    private final String endpoint;
    private final Offers offers;
    private final Optional<HandedClaims> handed;
    private final Clock clock;
    private final SecureRandom random;

    /// @param base the address that references are appended to; ends in `/`
    /// @param issuerStates empty if nobody can sign in: then no offer has the authorization code grant
    /// @param authorizationServers of the issuer's metadata
    /// @param ownServer which of several authorization servers makes the codes and states; empty if there is but one, or none
    ///     that does
    /// @param handed keeps the claims of offers that have some; empty if none can
    /// @param endpoint what links begin with, such as `openid-credential-offer://`
    public CredentialOffers(
            URI credentialIssuer,
            URI base,
            Set<String> configurationIds,
            PreAuthorizedCodes codes,
            Optional<IssuerStates> issuerStates,
            List<URI> authorizationServers,
            Optional<URI> ownServer,
            String endpoint,
            Offers offers,
            Optional<HandedClaims> handed,
            Clock clock,
            SecureRandom random) {
        this.credentialIssuer = credentialIssuer;
        this.base = base;
        this.configurationIds = Collections.unmodifiableSet(new LinkedHashSet<>(configurationIds));
        this.codes = codes;
        this.issuerStates = issuerStates;
        this.authorizationServers = List.copyOf(authorizationServers);
        this.ownServer = ownServer;
        this.endpoint = endpoint;
        this.offers = offers;
        this.handed = handed;
        this.clock = clock;
        this.random = random;
    }

    /// @throws IllegalArgumentException if it asks for what the metadata does not announce
    public CreatedOffer create(OfferRequest request) {
        for (var wanted : request.configurationIds()) {
            if (!configurationIds.contains(wanted)) {
                throw new IllegalArgumentException(
                        "unknown credential configuration " + wanted + "; known are " + configurationIds);
            }
        }
        if (!request.claims().isEmpty() && handed.isEmpty()) {
            throw new IllegalArgumentException("this issuer keeps no claims with its offers");
        }
        var id = Unguessable.text(random, Unguessable.IDENTIFIER);
        // What can be refused comes before what leaves something in a store.
        var authorizationCode = request.grants().authorizationCode()
                ? Optional.of(authorizationCode(id, request))
                : Optional.<Grants.AuthorizationCode>empty();
        var made = request.grants().preAuthorizedCode()
                ? Optional.of(preAuthorizedCode(id, request))
                : Optional.<PreAuthorizedCodes.Made>empty();
        var grants = new Grants(
                authorizationCode,
                made.map(code -> new Grants.PreAuthorizedCode(code.code(), request.txCode(), ownServer)));
        var created = new CreatedOffer(
                new CredentialOffer(credentialIssuer, request.configurationIds(), grants),
                endpoint,
                base.resolve(Unguessable.text(random, Unguessable.SECRET)),
                Unguessable.text(random, Unguessable.SECRET),
                made.flatMap(PreAuthorizedCodes.Made::txCodeValue),
                clock.instant().plus(request.validity()),
                id);
        tell(created);
        if (!request.claims().isEmpty()) {
            keepClaims(request, made, authorizationCode);
        }
        save(referenceOf(created), created.offer().write(), created.expiresAt());
        save(created.pageId(), page(created), created.expiresAt().plus(PAGE_OUTLIVES_OFFER));
        return created;
    }

    private static void tell(CreatedOffer created) {
        Trail.did("an offer is made", created.offer().configurationIds());
        Trail.aboutOffer(referenceOf(created));
        Trail.aboutOffer(created.pageId());
        Trail.aboutOffer(created.id());
        created.offer()
                .grants()
                .preAuthorizedCode()
                .map(Grants.PreAuthorizedCode::code)
                .ifPresent(Trail::about);
        created.offer()
                .grants()
                .authorizationCode()
                .flatMap(Grants.AuthorizationCode::issuerState)
                .ifPresent(Trail::aboutOffer);
    }

    private void keepClaims(
            OfferRequest request,
            Optional<PreAuthorizedCodes.Made> made,
            Optional<Grants.AuthorizationCode> authorizationCode) {
        var claims = handed.orElseThrow();
        made.ifPresent(code -> claims.offerTo(code.authorizationId(), request.claims(), request.validity()));
        authorizationCode
                .flatMap(Grants.AuthorizationCode::issuerState)
                .ifPresent(state -> claims.offerAt(state, request.claims(), request.validity()));
    }

    private PreAuthorizedCodes.Made preAuthorizedCode(String id, OfferRequest request) {
        return codes.create(new PreAuthorizedCodes.Wanted(
                id, request.subject().orElseThrow(), request.configurationIds(), request.txCode(), request.validity()));
    }

    private Grants.AuthorizationCode authorizationCode(String id, OfferRequest request) {
        var states = issuerStates.orElseThrow(() ->
                new IllegalArgumentException("users cannot sign in here: the authorization code flow is not set up"));
        var server = request.authorizationServer();
        if (server.isPresent() && (authorizationServers.size() < 2 || !authorizationServers.contains(server.get()))) {
            throw new IllegalArgumentException(
                    "authorization_server is one of several that the issuer's metadata names: " + authorizationServers);
        }
        var elsewhere = server.isPresent() && !server.equals(ownServer);
        var state = elsewhere
                ? Optional.<String>empty()
                : states.create(new IssuerStates.Wanted(
                        id, request.subject(), request.configurationIds(), request.singleUse(), request.validity()));
        if (state.isPresent()) {
            return new Grants.AuthorizationCode(state, ownServer);
        }
        if (!request.claims().isEmpty()) {
            throw new IllegalArgumentException(
                    "an authorization server elsewhere is not told of offers: one to sign in there carries no claims");
        }
        if (request.singleUse()
                || (request.subject().isPresent() && !request.grants().preAuthorizedCode())) {
            throw new IllegalArgumentException(
                    "an authorization server elsewhere is not told of offers: one to sign in there is"
                            + " for whoever does, and for any number of wallets");
        }
        return new Grants.AuthorizationCode(state, server);
    }

    /// The offer behind a reference, while it can be redeemed.
    public Optional<CredentialOffer> find(String reference) {
        return open(reference)
                .filter(content -> content.has("credential_issuer"))
                .map(content -> content.read(CredentialOffer::read))
                .filter(this::pending);
    }

    /// The offer behind a page, redeemed or not.
    public Optional<CreatedOffer> findByPage(String pageId) {
        return open(pageId)
                .filter(content -> content.has("offer"))
                .map(content -> new CreatedOffer(
                        content.object("offer").read(CredentialOffer::read),
                        endpoint,
                        URI.create(content.string("reference")),
                        pageId,
                        content.optionalString("tx_code"),
                        Instant.ofEpochSecond(content.integer("expires_at")),
                        content.optionalString("id").orElse("")));
    }

    /// Whether an offer can still be redeemed.
    public boolean pending(CredentialOffer offer) {
        return offer.grants()
                        .preAuthorizedCode()
                        .map(Grants.PreAuthorizedCode::code)
                        .filter(codes::pending)
                        .isPresent()
                || offer.grants().authorizationCode().filter(this::pending).isPresent();
    }

    /// Without a state, nobody can tell whether it was taken up.
    private boolean pending(Grants.AuthorizationCode grant) {
        return grant.issuerState().isEmpty()
                || issuerStates
                        .filter(states -> states.pending(grant.issuerState().get()))
                        .isPresent();
    }

    private static JsonObject page(CreatedOffer created) {
        return JsonObject.builder()
                .put("offer", created.offer().write())
                .put("reference", created.reference().toString())
                .put("id", created.id())
                .putIf("tx_code", created.txCode())
                .put("expires_at", created.expiresAt().getEpochSecond())
                .build();
    }

    private void save(String reference, JsonObject content, Instant expiresAt) {
        offers.save(SealedContent.handle(reference), SealedContent.seal(reference, content.bytes()), expiresAt);
    }

    private Optional<JsonObject> open(String reference) {
        return offers.find(SealedContent.handle(reference), clock.instant())
                .flatMap(content -> SealedContent.open(reference, content))
                .map(Json::readObject);
    }

    private static String referenceOf(CreatedOffer created) {
        var path = created.reference().getRawPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
