package dev.intaglio.authorization.interaction;

import dev.intaglio.authorization.grant.AuthorizationCodeGrant;
import dev.intaglio.authorization.grant.IssuerStates;
import dev.intaglio.authorization.store.AuthorizationRequests;
import dev.intaglio.authorization.store.ParkedRequest;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.oauth.AuthorizationErrors;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.PushedAuthorizationResponse;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.oauth.Wording;
import dev.intaglio.protocol.trail.Trail;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Keeps authorization requests until their users have answered, and turns the answers into authorization responses.
public final class Interactions {
    /// How long a pushed request waits for the browser (FAPI 2.0, section 5.3.2.2: less than 600 seconds).
    public static final Duration PUSHED = Duration.ofSeconds(90);

    private final URI issuer;
    private final AuthorizationRequests requests;
    private final IssuerStates offers;
    private final AuthorizationCodeGrant codes;
    private final Duration lifetime;
    private final Wording wording;
    private final ApprovalListener listener;
    private final Clock clock;
    private final SecureRandom random;

    /// @param lifetime how long a user may take
    public Interactions(
            URI issuer,
            AuthorizationRequests requests,
            IssuerStates offers,
            AuthorizationCodeGrant codes,
            Duration lifetime,
            Wording wording,
            ApprovalListener listener,
            Clock clock,
            SecureRandom random) {
        this.issuer = issuer;
        this.requests = requests;
        this.offers = offers;
        this.codes = codes;
        this.lifetime = lifetime;
        this.wording = wording;
        this.listener = listener;
        this.clock = clock;
        this.random = random;
    }

    /// Keeps a pushed request.
    public PushedAuthorizationResponse push(ParkedRequest request) {
        var requestUri = PushedAuthorizationResponse.URN + Unguessable.text(random, Unguessable.SECRET);
        var usableUntil = clock.instant().plus(PUSHED);
        requests.save(reference(requestUri), request, usableUntil, usableUntil.plus(lifetime));
        return new PushedAuthorizationResponse(requestUri, PUSHED);
    }

    /// A pushed request that its user has not answered yet.
    public Optional<ParkedRequest> pushed(String requestUri) {
        return requests.find(reference(requestUri), clock.instant());
    }

    /// A pushed request that can no longer be opened, but whose client is still known.
    public Optional<ParkedRequest> over(String requestUri) {
        return requests.over(reference(requestUri), clock.instant());
    }

    /// Begins an interaction about a pushed request: again, if the user reloads the page.
    ///
    /// @return its identifier
    public String open(String requestUri) {
        return openReference(reference(requestUri));
    }

    /// Begins an interaction about a request that was not pushed.
    ///
    /// @return its identifier
    public String open(ParkedRequest request) {
        var reference = reference(Unguessable.text(random, Unguessable.SECRET));
        var now = clock.instant();
        requests.save(reference, request, now, now.plus(lifetime));
        return openReference(reference);
    }

    private String openReference(String reference) {
        var id = Unguessable.text(random, Unguessable.SECRET);
        requests.open(interaction(id), reference, clock.instant().plus(lifetime));
        Trail.about(id);
        return id;
    }

    /// What to show for an interaction; empty if it is unknown, over, or took too long.
    public Optional<Interaction> find(String id) {
        return requests.waiting(interaction(id), clock.instant()).map(this::shown);
    }

    private Interaction shown(ParkedRequest parked) {
        var request = parked.request();
        return new Interaction(
                request.clientId(),
                request.redirectUri(),
                parked.clientAuthenticated(),
                configurationIds(request),
                request.issuerState());
    }

    private Set<String> configurationIds(AuthorizationRequest request) {
        try {
            return offers.asked(request).configurationIds();
        } catch (Refusal changed) {
            // What can be asked for is not what it was when the request came: completing it will tell the client.
            return Set.of();
        }
    }

    /// Ends an interaction, once.
    ///
    /// @return where to send the browser; empty if the interaction is unknown, over, or took too long
    public Optional<URI> complete(String id, Decision decision) {
        Trail.about(id);
        return requests.complete(interaction(id), clock.instant()).map(parked -> respond(parked, decision));
    }

    private URI respond(ParkedRequest parked, Decision decision) {
        Trail.did(
                decision instanceof Decision.Approved ? "the user agrees" : "the user does not agree",
                List.copyOf(configurationIds(parked.request())));
        var request = parked.request();
        return switch (decision) {
            case Decision.Approved approved -> approved(parked, approved);
            case Decision.Denied() ->
                failure(request.redirectUri(), request.state(), AuthorizationErrors.accessDenied());
        };
    }

    private URI approved(ParkedRequest parked, Decision.Approved approved) {
        AuthorizationRequest request = parked.request();
        String code;
        try {
            var asked = offers.asked(request);
            offers.takeUp(request, approved.subject());
            var authorizationId = offers.newAuthorizationId(request);
            listener.approved(authorizationId, request.issuerState(), approved.claims());
            code = codes.make(authorizationId, approved.subject(), request, parked.clientAuthenticated(), asked);
            Trail.about(code);
        } catch (Refusal changed) {
            // What can be asked for is not what it was when the request came, or the offer is for somebody else.
            return failure(request.redirectUri(), request.state(), changed);
        }
        return new AuthorizationResponse.Success(code, request.state(), Optional.of(issuer.toString()))
                .at(request.redirectUri());
    }

    /// The redirect that tells the client of a refusal (§5.3).
    public URI failure(String redirectUri, Optional<String> state, Refusal refusal) {
        return new AuthorizationResponse.Failure(
                        refusal.error(), Optional.of(wording.of(refusal)), state, Optional.of(issuer.toString()))
                .at(redirectUri);
    }

    private static String reference(String requestUri) {
        return SignedJwt.sha256(("request_uri " + requestUri).getBytes(StandardCharsets.UTF_8));
    }

    private static String interaction(String id) {
        return SignedJwt.sha256(("interaction " + id).getBytes(StandardCharsets.UTF_8));
    }
}
