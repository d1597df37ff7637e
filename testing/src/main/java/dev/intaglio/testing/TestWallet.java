package dev.intaglio.testing;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.credential.DeferredCredentialRequest;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.nonce.NonceResponse;
import dev.intaglio.protocol.notification.NotificationRequest;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.oauth.TokenResponse;
import dev.intaglio.protocol.offer.CredentialOffer;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.protocol.proof.JwtKeyProof;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// A wallet for testing issuers. Left alone it does what the standard says; any part of any message can be altered on the
/// way, and what comes back is the plain response.
///
/// ```java
/// var wallet = issuer.wallet();
/// var token = wallet.redeem(offer).txCode("493536").token();
/// var answer = wallet.request(token, "diploma").proof(proof -> proof.audience("https://another.example")).send();
/// assertThat(answer.status()).isEqualTo(400);
/// ```
///
/// It verifies nothing and keeps nothing but its DPoP key and nonces; a wallet to be used is in the module `wallet`.
public final class TestWallet {
    private static final String AUTHORIZATION_SERVER = "authorization server";
    private static final String CREDENTIAL_ISSUER = "credential issuer";

    private final Handler transport;
    private final CredentialIssuerMetadata issuer;
    private final AuthorizationServerMetadata server;
    private final Clock clock;
    private final Optional<SigningKey> dpopKey;
    private final Optional<String> clientId;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> dpopNonces = new ConcurrentHashMap<>();

    private TestWallet(
            Handler transport,
            CredentialIssuerMetadata issuer,
            AuthorizationServerMetadata server,
            Clock clock,
            Optional<SigningKey> dpopKey,
            Optional<String> clientId) {
        this.transport = transport;
        this.issuer = issuer;
        this.server = server;
        this.clock = clock;
        this.dpopKey = dpopKey;
        this.clientId = clientId;
    }

    /// A wallet that is anonymous and uses Bearer tokens. Reads the metadata of the issuer and of its first authorization
    /// server at once.
    ///
    /// @param transport to the issuer and its authorization server
    /// @param clock what time the wallet takes it to be
    public static TestWallet of(Handler transport, URI credentialIssuer, Clock clock) {
        var issuer = CredentialIssuerMetadata.read(
                document(transport, WellKnown.address(credentialIssuer, CredentialIssuerMetadata.WELL_KNOWN)));
        return of(transport, issuer, issuer.effectiveAuthorizationServers().getFirst(), clock);
    }

    /// The same with one of several authorization servers.
    public static TestWallet of(
            Handler transport, CredentialIssuerMetadata issuer, URI authorizationServer, Clock clock) {
        var server = AuthorizationServerMetadata.read(
                document(transport, WellKnown.address(authorizationServer, AuthorizationServerMetadata.WELL_KNOWN)));
        return new TestWallet(transport, issuer, server, clock, Optional.empty(), Optional.empty());
    }

    /// The same wallet with access tokens bound to a new key.
    public TestWallet withDpop() {
        return withDpop(SigningKey.generate(JWSAlgorithm.ES256));
    }

    /// The same wallet with access tokens bound to this key.
    public TestWallet withDpop(SigningKey key) {
        return new TestWallet(transport, issuer, server, clock, Optional.of(key), clientId);
    }

    /// The same wallet, naming itself in token requests and key proofs.
    public TestWallet withClientId(String id) {
        return new TestWallet(transport, issuer, server, clock, dpopKey, Optional.of(id));
    }

    /// The same wallet with another idea of what time it is.
    public TestWallet withClock(Clock other) {
        return new TestWallet(transport, issuer, server, other, dpopKey, clientId);
    }

    public CredentialIssuerMetadata issuerMetadata() {
        return issuer;
    }

    public AuthorizationServerMetadata authorizationServerMetadata() {
        return server;
    }

    Clock clock() {
        return clock;
    }

    Optional<String> clientId() {
        return clientId;
    }

    Optional<SigningKey> dpopKey() {
        return dpopKey;
    }

    /// Sends any request.
    public Response send(Request request) {
        return transport.handle(request);
    }

    /// Sends a request with an access token, and with a DPoP proof if the token is bound to our key.
    public Response send(TokenResponse token, Request request) {
        var bound = token.dpopBound() ? Optional.of(token.accessToken()) : Optional.<String>empty();
        return sendToCredentialIssuer(
                request.with("Authorization", token.tokenType() + " " + token.accessToken()),
                bound,
                UnaryOperator.identity(),
                UnaryOperator.identity());
    }

    /// Comes back for credentials that were not ready (§9.1).
    public Response askAgain(TokenResponse token, String transactionId) {
        return askAgain(token, new DeferredCredentialRequest(transactionId, Optional.empty()).write());
    }

    /// Comes back with any body.
    public Response askAgain(TokenResponse token, JsonObject body) {
        return send(token, Request.post(issuer.deferredCredentialEndpoint().orElseThrow(), body));
    }

    /// Tells what became of credentials (§11.1).
    public Response tell(TokenResponse token, String notificationId, NotificationRequest.Event event) {
        return tell(token, new NotificationRequest(notificationId, event, Optional.empty()).write());
    }

    /// Sends any body to the notification endpoint.
    public Response tell(TokenResponse token, JsonObject body) {
        return send(token, Request.post(issuer.notificationEndpoint().orElseThrow(), body));
    }

    public Response get(URI address) {
        return send(Request.get(address));
    }

    /// The offer in a link, fetched if the link only says where it is.
    public CredentialOffer offer(String link) {
        return switch (CredentialOfferUri.read(link)) {
            case CredentialOfferUri.ByValue(var offer) -> offer;
            case CredentialOfferUri.ByReference(var address) -> CredentialOffer.read(document(transport, address));
        };
    }

    /// A token request for the pre-authorized code of an offer.
    public TestTokenRequest redeem(CredentialOffer offer) {
        return TestTokenRequest.of(this, offer);
    }

    /// A Credential Request for a credential that the token is good for.
    public TestCredentialRequest request(TokenResponse token, String configurationId) {
        return TestCredentialRequest.of(this, token, configurationId);
    }

    /// Asks the nonce endpoint.
    public Response requestNonce() {
        var response = send(Request.post(issuer.nonceEndpoint().orElseThrow()));
        remember(CREDENTIAL_ISSUER, response);
        return response;
    }

    /// A fresh `c_nonce`.
    public String nonce() {
        return NonceResponse.read(requestNonce().bodyObject()).cNonce();
    }

    /// A key proof with a fresh `c_nonce`, by a new key.
    public String keyProof() {
        return keyProof(UnaryOperator.identity());
    }

    /// A key proof that is altered before it is signed.
    public String keyProof(UnaryOperator<TestJwt> change) {
        return keyProof(nonce(), change);
    }

    /// A key proof with this `c_nonce`, by a new key unless the change gives another.
    public String keyProof(String nonce, UnaryOperator<TestJwt> change) {
        var claims = JsonObject.builder()
                .putIf("iss", clientId)
                .put("aud", issuer.credentialIssuer().toString())
                .put("iat", clock.instant().getEpochSecond())
                .put("nonce", nonce)
                .build();
        return change.apply(TestJwt.of(JwtKeyProof.TYPE, newKey(), claims)).compact();
    }

    /// So many key proofs by as many new keys, all with the same fresh `c_nonce`.
    public List<String> keyProofs(int count) {
        var nonce = nonce();
        return IntStream.range(0, count)
                .mapToObj(i -> keyProof(nonce, UnaryOperator.identity()))
                .toList();
    }

    /// A new key for ES256.
    public SigningKey newKey() {
        return SigningKey.generate(JWSAlgorithm.ES256);
    }

    Response sendToAuthorizationServer(
            Request request, UnaryOperator<TestJwt> dpopChange, UnaryOperator<Request> change) {
        return exchange(AUTHORIZATION_SERVER, request, dpopKey, Optional.empty(), dpopChange, change);
    }

    Response sendToCredentialIssuer(
            Request request,
            Optional<String> boundToken,
            UnaryOperator<TestJwt> dpopChange,
            UnaryOperator<Request> change) {
        return exchange(
                CREDENTIAL_ISSUER, request, boundToken.flatMap(token -> dpopKey), boundToken, dpopChange, change);
    }

    /// Sends a request, and once more with the nonce a server asks for (RFC 9449, sections 8 and 9).
    private Response exchange(
            String recipient,
            Request request,
            Optional<SigningKey> key,
            Optional<String> accessToken,
            UnaryOperator<TestJwt> dpopChange,
            UnaryOperator<Request> change) {
        if (key.isEmpty()) {
            return send(change.apply(request));
        }
        var response = Response.status(0);
        for (var attempt = 0; attempt < 2; attempt++) {
            var proof = dpopChange
                    .apply(dpopProof(recipient, request, key.get(), accessToken))
                    .compact();
            response = send(change.apply(request.with(DpopProof.HEADER, proof)));
            remember(recipient, response);
            if (!asksForNonce(response)) {
                return response;
            }
        }
        return response;
    }

    private TestJwt dpopProof(String recipient, Request request, SigningKey key, Optional<String> accessToken) {
        var claims = JsonObject.builder()
                .put("jti", DpopProof.newId(random))
                .put("htm", request.method())
                .put("htu", request.uri().toString())
                .put("iat", clock.instant().getEpochSecond())
                .putIf("nonce", Optional.ofNullable(dpopNonces.get(recipient)))
                .putIf("ath", accessToken.map(DpopProof::accessTokenHash))
                .build();
        return TestJwt.of(DpopProof.TYPE, key, claims);
    }

    private void remember(String recipient, Response response) {
        response.header(DpopProof.NONCE_HEADER).ifPresent(nonce -> dpopNonces.put(recipient, nonce));
    }

    private static boolean asksForNonce(Response response) {
        if (response.header(DpopProof.NONCE_HEADER).isEmpty() || response.successful()) {
            return false;
        }
        try {
            return response.bodyObject()
                    .optionalString("error")
                    .filter("use_dpop_nonce"::equals)
                    .isPresent();
        } catch (JsonException none) {
            return false;
        }
    }

    private static JsonObject document(Handler transport, URI address) {
        return success(transport.handle(Request.get(address)));
    }

    static JsonObject success(Response response) {
        if (!response.successful()) {
            throw new AssertionError("expected success, got " + response.status() + " " + response.bodyText());
        }
        return response.bodyObject();
    }

    @Override
    public String toString() {
        return "TestWallet[" + issuer.credentialIssuer() + "]";
    }
}
