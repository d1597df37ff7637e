package dev.intaglio.authorization.grant;

import dev.intaglio.authorization.grant.RequestableCredentials.Asked;
import dev.intaglio.authorization.store.OfferedAuthorization;
import dev.intaglio.authorization.store.OfferedAuthorizations;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.oauth.AuthorizationErrors;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.oauth.TokenErrors;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The offers behind `issuer_state` (§4.1.1, §5.1.3): makes the values, and holds authorization requests to what was offered.
///
/// Whoever sends a state may have found it anywhere, so it gives nothing by itself: the user still signs in and consents. It
/// only takes away: what was not offered, and who was not meant.
public final class IssuerStates {
    private final OfferedAuthorizations offers;
    private final RequestableCredentials credentials;
    private final Clock clock;
    private final SecureRandom random;

    public IssuerStates(
            OfferedAuthorizations offers, RequestableCredentials credentials, Clock clock, SecureRandom random) {
        this.offers = offers;
        this.credentials = credentials;
        this.clock = clock;
        this.random = random;
    }

    /// The `issuer_state` of a new offer.
    ///
    /// @param offer what it is called; its state begins so
    public String make(Optional<String> offer, OfferedAuthorization offered, Duration validity) {
        var state = offer.map(name -> name + '.').orElse("") + Unguessable.text(random, Unguessable.SECRET);
        offers.save(hash(state), offered, clock.instant().plus(validity));
        return state;
    }

    /// A name for an authorization that took up the offer of a request, if it has one: it begins with the offer's.
    public String newAuthorizationId(AuthorizationRequest request) {
        var offer = request.issuerState().map(state -> state.substring(0, state.lastIndexOf('.') + 1));
        return offer.orElse("") + Unguessable.text(random, Unguessable.IDENTIFIER);
    }

    /// Whether a request with this state would still be served.
    public boolean pending(String state) {
        return offers.find(hash(state), clock.instant()).isPresent();
    }

    /// What a request asks for, without what its offer does not hold.
    ///
    /// @throws Refusal `invalid_request` if the state is none of ours, or its offer is over; `invalid_scope` or
    ///     `invalid_authorization_details` if nothing that was offered is asked for; what [RequestableCredentials#asked] says
    public Asked asked(AuthorizationRequest request) {
        var asked = credentials.asked(request);
        return request.issuerState()
                .map(state -> offers.find(hash(state), clock.instant()).orElseThrow(IssuerStates::over))
                .map(offered -> within(asked, offered.configurationIds()))
                .orElse(asked);
    }

    /// Takes the offer up for somebody who agreed; uses a single-use offer up.
    ///
    /// @throws Refusal `access_denied` if the offer is for somebody else, `invalid_request` if it is over
    public void takeUp(AuthorizationRequest request, String subject) {
        if (request.issuerState().isEmpty()) {
            return;
        }
        var hash = hash(request.issuerState().get());
        var now = clock.instant();
        var offered = offers.find(hash, now).orElseThrow(IssuerStates::over);
        if (offered.subject().filter(meant -> !meant.equals(subject)).isPresent()) {
            throw AuthorizationErrors.accessDenied().because("the offer is for somebody else than who signed in");
        }
        if (offered.singleUse() && offers.consume(hash, now).isEmpty()) {
            throw over();
        }
    }

    private Asked within(Asked asked, List<String> offered) {
        if (!asked.details().isEmpty()) {
            var details = asked.details().stream()
                    .filter(detail -> offered.contains(detail.credentialConfigurationId()))
                    .toList();
            if (details.isEmpty()) {
                throw TokenErrors.invalidAuthorizationDetails(
                        "none of the credential configurations asked for was offered");
            }
            return credentials.only(details, asked.scopes());
        }
        // A scope stands for all its configurations (§12.2.4): it is granted if the offer holds one of them.
        var scopes = credentials.scopesOf(asked.scopes(), offered);
        if (scopes.isEmpty()) {
            throw AuthorizationErrors.invalidScope("none of the credentials asked for was offered");
        }
        return credentials.only(List.of(), scopes);
    }

    private static Refusal over() {
        return TokenErrors.invalidRequest(
                "issuer_state is of no offer that can still be taken up; ask the issuer for a new offer");
    }

    private static String hash(String state) {
        return SignedJwt.sha256(("issuer_state " + state).getBytes(StandardCharsets.UTF_8));
    }
}
