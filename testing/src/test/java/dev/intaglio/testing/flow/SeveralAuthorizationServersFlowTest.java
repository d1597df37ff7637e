package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.accesstoken.AccessTokensByIssuer;
import dev.intaglio.issuer.accesstoken.ExternalAuthorizationServer;
import dev.intaglio.issuer.accesstoken.JwtAccessTokens;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.issuer.offer.OfferedGrants;
import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.issuer.spi.IssuerStates;
import dev.intaglio.issuer.spi.PreAuthorizedCodes;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.Grants;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import dev.intaglio.testing.store.InMemoryStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The other server is an instance of ours that nothing but the network joins to the issuer.
@DisplayName("§12.2.4 authorization_servers: an issuer with several")
class SeveralAuthorizationServersFlowTest {
    private static final URI ELSEWHERE = URI.create("https://login.example");

    private final AdjustableClock clock = AdjustableClock.at(TestIssuer.NOW);
    private final AuthorizationServer elsewhere = AuthorizationServer.builder(
                    ELSEWHERE,
                    KeyRing.of(SigningKey.generate(JWSAlgorithm.ES256)),
                    new InMemoryStores().preAuthorizedCodes(),
                    new InMemoryStores().replayGuard("elsewhere"),
                    new byte[32])
            .credentialIssuer(TestIssuer.IDENTIFIER)
            .clock(clock)
            .build();
    private boolean down;
    private AccessTokenVerifier own = token -> Optional.empty();
    private final JwtAccessTokens others = JwtAccessTokens.of(
            ExternalAuthorizationServer.of(ELSEWHERE, TestIssuer.IDENTIFIER), this::toElsewhere, clock);
    private final TestIssuer issuer =
            issuer(options -> options.authorizationServers(List.of(ELSEWHERE, TestIssuer.IDENTIFIER)));
    private final Handler network = request -> request.uri().getHost().equals(ELSEWHERE.getHost())
            ? toElsewhere(request)
            : issuer.handler().handle(request);
    private final TestWallet wallet = TestWallet.of(network, TestIssuer.IDENTIFIER, clock);
    private final TestWallet ownWallet = TestWallet.of(network, wallet.issuerMetadata(), TestIssuer.IDENTIFIER, clock);

    private TestIssuer issuer(UnaryOperator<CredentialIssuer.Builder> options) {
        var made = TestIssuer.builder()
                .clock(clock)
                .authorizationServerOptions(server -> server.locationsRequired(true))
                .credentialIssuerOptions(builder -> options.apply(builder)
                        .accessTokens(AccessTokensByIssuer.of(Map.<URI, AccessTokenVerifier>of(
                                ELSEWHERE, others, TestIssuer.IDENTIFIER, token -> own.verify(token)))))
                .build();
        own = made.authorizationServer()::accessToken;
        return made;
    }

    private Response toElsewhere(Request request) {
        if (down) {
            throw new UncheckedIOException(new IOException("nobody there"));
        }
        return elsewhere.handler().handle(request);
    }

    /// What the other server's own issuer of offers would write.
    private CredentialOffer offerOfElsewhere() {
        var made = elsewhere.preAuthorize(
                TestIssuer.ERIKA, List.of(TestIssuer.DIPLOMA), Optional.empty(), Duration.ofMinutes(5));
        return new CredentialOffer(
                TestIssuer.IDENTIFIER,
                List.of(TestIssuer.DIPLOMA),
                Grants.of(new Grants.PreAuthorizedCode(made.code(), Optional.empty(), Optional.of(ELSEWHERE))));
    }

    @Test
    @Requirement("CI-OFFER-7")
    @DisplayName("an offer names the server that redeems its code")
    void offersNameTheServer() {
        assertThat(issuer.offer(TestIssuer.DIPLOMA)
                        .offer()
                        .grants()
                        .preAuthorizedCode()
                        .orElseThrow()
                        .authorizationServer())
                .contains(TestIssuer.IDENTIFIER);
        assertThat(wallet.issuerMetadata().authorizationServers()).containsExactly(ELSEWHERE, TestIssuer.IDENTIFIER);
    }

    @Test
    @Requirement("CI-OFFER-7")
    @DisplayName(
            "an offer to sign in elsewhere names that server, has no issuer_state, and is for whoever signs in there")
    void signingInElsewhere() {
        var signsIn = issuer(options -> options.authorizationServers(List.of(ELSEWHERE, TestIssuer.IDENTIFIER))
                .issuerStates(new IssuerStates() {
                    @Override
                    public Optional<String> create(Wanted wanted) {
                        return Optional.of("state");
                    }

                    @Override
                    public boolean pending(String issuerState) {
                        return true;
                    }
                }));
        assertThat(grant(signsIn, Optional.empty(), false, Optional.empty()))
                .isEqualTo(new Grants.AuthorizationCode(Optional.of("state"), Optional.of(TestIssuer.IDENTIFIER)));
        assertThat(grant(signsIn, Optional.of(ELSEWHERE), false, Optional.empty()))
                .isEqualTo(new Grants.AuthorizationCode(Optional.empty(), Optional.of(ELSEWHERE)));
        assertThatThrownBy(() -> grant(signsIn, Optional.of(ELSEWHERE), true, Optional.empty()))
                .hasMessageContaining("not told of offers");
        assertThatThrownBy(() -> grant(signsIn, Optional.of(ELSEWHERE), false, Optional.of(TestIssuer.ERIKA)))
                .hasMessageContaining("not told of offers");
    }

    private static Grants.AuthorizationCode grant(
            TestIssuer issuer, Optional<URI> server, boolean singleUse, Optional<String> subject) {
        var request = new OfferRequest(
                subject,
                List.of(TestIssuer.DIPLOMA),
                OfferedGrants.AUTHORIZATION_CODE,
                Optional.empty(),
                singleUse,
                server,
                Duration.ofMinutes(5));
        return issuer.offer(request).offer().grants().authorizationCode().orElseThrow();
    }

    @Test
    @DisplayName("a token of either is good")
    void eitherIsGood() {
        var token = wallet.redeem(offerOfElsewhere()).token();
        assertThat(wallet.request(token, TestIssuer.DIPLOMA).credential()).isNotEmpty();
        var ownToken =
                ownWallet.redeem(issuer.offer(TestIssuer.DIPLOMA).offer()).token();
        assertThat(ownWallet.request(ownToken, TestIssuer.DIPLOMA).credential()).isNotEmpty();
    }

    @Test
    @Requirement("CI-DPOP-1")
    @DisplayName("a token that the other server bound to a key is used with a proof of that key, and not as Bearer")
    void bound() {
        var bound = wallet.withDpop();
        var token = bound.redeem(offerOfElsewhere()).token();
        assertThat(token.tokenType()).isEqualTo("DPoP");
        assertRefused(
                wallet.request(token, TestIssuer.DIPLOMA)
                        .http(request -> request.with("Authorization", "Bearer " + token.accessToken()))
                        .send(),
                401,
                "invalid_token");
        assertRefused(wallet.withDpop().request(token, TestIssuer.DIPLOMA).send(), 401, "invalid_token");
        assertThat(bound.request(token, TestIssuer.DIPLOMA).credential()).isNotEmpty();
    }

    @Test
    @DisplayName("a token covers what the other server gave it for")
    void covered() {
        var token = wallet.redeem(offerOfElsewhere()).token();
        assertRefused(wallet.request(token, TestIssuer.PID).send(), 403, "insufficient_scope");
    }

    @Test
    @Requirement("AS-TOKEN-6")
    @DisplayName("authorization details at our own server name this issuer as their location")
    void locations() {
        var offer = issuer.offer(TestIssuer.DIPLOMA).offer();
        var without = AuthorizationDetail.of(TestIssuer.DIPLOMA);
        assertRefused(
                ownWallet.redeem(offer).authorizationDetails(List.of(without)).send(),
                400,
                "invalid_authorization_details");
        var elsewhere =
                new AuthorizationDetail(TestIssuer.DIPLOMA, List.of(), List.of("https://another.example"), List.of());
        assertRefused(
                ownWallet.redeem(offer).authorizationDetails(List.of(elsewhere)).send(),
                400,
                "invalid_authorization_details");
        var here = new AuthorizationDetail(
                TestIssuer.DIPLOMA, List.of(), List.of(TestIssuer.IDENTIFIER.toString()), List.of());
        var token = ownWallet.redeem(offer).authorizationDetails(List.of(here)).token();
        assertThat(token.authorizationDetails()).hasSize(1);
    }

    @Test
    @DisplayName("when the other server is down the wallet is not told that its token is bad, and may try again")
    void down() {
        var token = wallet.redeem(offerOfElsewhere()).token();
        down = true;
        var answer = wallet.request(token, TestIssuer.DIPLOMA).send();
        assertRefused(answer, 503, "server_error");
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.header("WWW-Authenticate")).isEmpty();
        down = false;
        clock.advance(Duration.ofSeconds(10));
        assertThat(wallet.request(token, TestIssuer.DIPLOMA).credential()).isNotEmpty();
    }

    @Nested
    @DisplayName("With others alone")
    class OthersAlone {
        @Test
        @DisplayName("there are no offers with pre-authorized codes, and the error says why")
        void noOffers() {
            var onlyOthers = issuer(options ->
                    options.authorizationServers(List.of(ELSEWHERE)).preAuthorizedCodes(PreAuthorizedCodes.none()));
            assertThatThrownBy(() -> onlyOthers.offer(TestIssuer.DIPLOMA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("authorization server of the issuer's own");
        }
    }
}
