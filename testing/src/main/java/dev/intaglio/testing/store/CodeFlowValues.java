package dev.intaglio.testing.store;

import dev.intaglio.authorization.store.AuthorizedCode;
import dev.intaglio.authorization.store.GrantedAuthorization;
import dev.intaglio.authorization.store.ParkedRequest;
import dev.intaglio.authorization.store.RefreshGrant;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.AuthorizationRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the contracts of the authorization code flow put into a store: with everything in it, in letters that need care.
final class CodeFlowValues {
    private CodeFlowValues() {}

    static ParkedRequest request() {
        return new ParkedRequest(
                new AuthorizationRequest(
                        "https://wallet.example/ü",
                        "https://wallet.example/cb?a=b&c=%20d",
                        Optional.of("degree  diploma"),
                        Optional.of("state=\"1\"&x;ø"),
                        Optional.of("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
                        details(),
                        Optional.of("offer state"),
                        Optional.of("https://issuer.example"),
                        Optional.of("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I")),
                true);
    }

    static ParkedRequest smallRequest() {
        return new ParkedRequest(AuthorizationRequest.of("wallet", "app:/cb", Optional.of("degree")), false);
    }

    static AuthorizedCode code() {
        return new AuthorizedCode(
                authorization(),
                true,
                "https://wallet.example/cb?a='b'",
                Optional.of("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
                Optional.of("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"));
    }

    static AuthorizedCode smallCode() {
        return new AuthorizedCode(smallAuthorization(), false, "app:/cb", Optional.empty(), Optional.empty());
    }

    static RefreshGrant refresh() {
        return new RefreshGrant(authorization(), true, Optional.of("dpop key"), Optional.of("instance key"));
    }

    static RefreshGrant smallRefresh() {
        return new RefreshGrant(smallAuthorization(), false, Optional.empty(), Optional.empty());
    }

    private static GrantedAuthorization authorization() {
        return new GrantedAuthorization(
                Race.hash(), "Zoë \"Q\" O'Neill", "https://wallet.example/ü", Set.of("b", "a"), details());
    }

    private static GrantedAuthorization smallAuthorization() {
        return new GrantedAuthorization(Race.hash(), "alice", "wallet", Set.of("degree"), List.of());
    }

    private static List<AuthorizationDetail> details() {
        var claim =
                ClaimsDescription.read(Json.readObject("{\"path\":[\"degrees\",null,\"type\"],\"mandatory\":true}"));
        return List.of(
                new AuthorizationDetail(
                        "degree", List.of(claim), List.of("https://issuer.example"), List.of("one", "zwö")),
                AuthorizationDetail.of("diplôme, with a comma"));
    }
}
