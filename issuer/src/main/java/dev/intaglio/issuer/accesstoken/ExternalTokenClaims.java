package dev.intaglio.issuer.accesstoken;

import dev.intaglio.protocol.clientattestation.AttestedWallet;
import dev.intaglio.protocol.dpop.DpopVerifier;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what another authorization server says of an access token, in the token itself (RFC 9068, section 2.2) or when asked
/// (RFC 7662, section 2.2): the members are the same.
final class ExternalTokenClaims {
    /// The registered confirmation methods beside `jkt`.
    private static final Set<String> UNCHECKED = Set.of("jwk", "jwe", "kid", "jku", "osc", "x5t#S256");

    private final ExternalAuthorizationServer server;

    ExternalTokenClaims(ExternalAuthorizationServer server) {
        this.server = server;
    }

    /// @param expiresAt when the token ends, as the claims say or by another rule where they may be silent
    /// @throws JsonException saying why the token is not good here
    AccessToken read(JsonObject claims, Instant expiresAt, Instant now) {
        if (!now.isBefore(expiresAt)) {
            throw new JsonException("it has expired");
        }
        if (instant(claims, "nbf")
                .filter(begin -> begin.isAfter(now.plus(DpopVerifier.SKEW)))
                .isPresent()) {
            throw new JsonException("its nbf is in the future");
        }
        if (texts(claims, "aud").stream().noneMatch(server.audiences()::contains)) {
            throw new JsonException("its aud holds none of " + server.audiences());
        }
        var subject = claims.string(server.subjectClaim());
        if (subject.isBlank()) {
            throw new JsonException("its " + server.subjectClaim() + " is empty");
        }
        var clientId = claims.optionalString("client_id").or(() -> claims.optionalString("azp"));
        var identified = new ArrayList<AuthorizationDetail>();
        // What Intaglio's own authorization server says of pre-authorized codes, where it is run apart from the issuer.
        var configurationIds = new HashSet<>(
                claims.optionalStrings("credential_configuration_ids").orElse(List.of()));
        for (var detail : details(claims)) {
            // Without identifiers in it, the wallet was given none to ask with (§6.2).
            if (detail.credentialIdentifiers().isEmpty()) {
                configurationIds.add(detail.credentialConfigurationId());
            } else {
                identified.add(detail);
            }
        }
        return new AccessToken(
                subject,
                clientId,
                scopes(claims),
                identified,
                configurationIds,
                dpopKey(claims),
                authorizationId(claims, subject, clientId),
                expiresAt,
                wanted(claims),
                // As above, of Intaglio's own server.
                claims.optionalObject(AttestedWallet.CLAIM).map(wallet -> wallet.read(AttestedWallet::read)));
    }

    private JsonObject wanted(JsonObject claims) {
        var wanted = new LinkedHashMap<>(claims.members());
        wanted.keySet().retainAll(server.claims());
        return JsonObject.of(wanted);
    }

    /// Those about our credentials: of our type, and for us where they say for whom.
    private List<AuthorizationDetail> details(JsonObject claims) {
        return claims.optionalObjects("authorization_details").orElse(List.of()).stream()
                .filter(detail -> detail.optionalString("type")
                        .filter(AuthorizationDetail.TYPE::equals)
                        .isPresent())
                .map(detail -> detail.read(AuthorizationDetail::read))
                .filter(detail -> detail.locations().isEmpty()
                        || detail.locations().contains(server.credentialIssuer().toString()))
                .toList();
    }

    /// `scope` is one string in the standards; some servers write a list, or call it `scp`.
    private static Set<String> scopes(JsonObject claims) {
        var scopes = new HashSet<String>();
        for (var name : List.of("scope", "scp")) {
            texts(claims, name).forEach(text -> scopes.addAll(Arrays.asList(text.split(" "))));
        }
        scopes.remove("");
        return scopes;
    }

    /// A token that is bound to something we do not check would be as good as Bearer here. Members that are no confirmation
    /// method are passed over (RFC 7800, section 3.1); Keycloak writes one.
    private static Optional<String> dpopKey(JsonObject claims) {
        var key = claims.optionalObject("cnf").map(cnf -> {
            if (!cnf.has("jkt") || UNCHECKED.stream().anyMatch(cnf::has)) {
                throw new JsonException("its cnf binds it to something else than a DPoP key");
            }
            return cnf.string("jkt");
        });
        if (key.isEmpty()
                && claims.optionalString("token_type")
                        .filter("dpop"::equalsIgnoreCase)
                        .isPresent()) {
            throw new JsonException("its token_type is DPoP, and it has no cnf to say which key it is bound to");
        }
        return key;
    }

    /// What stays the same when the token is refreshed, so that what one token began another may end. Without `sid`, which not
    /// every server has, these are all authorizations of one user at one wallet.
    private String authorizationId(JsonObject claims, String subject, Optional<String> clientId) {
        var name = JsonObject.builder()
                .put("iss", server.issuer().toString())
                .put("sub", subject)
                .putIf("client_id", clientId)
                .putIf("sid", claims.optionalString("sid").or(() -> claims.optionalString("authorization_id")))
                .build();
        return SignedJwt.sha256(name.text().getBytes(StandardCharsets.UTF_8));
    }

    static Optional<Instant> instant(JsonObject claims, String name) {
        return claims.optionalSeconds(name).map(Instant::ofEpochSecond);
    }

    private static List<String> texts(JsonObject claims, String name) {
        return claims.members().get(name) instanceof String text
                ? List.of(text)
                : claims.optionalStrings(name).orElse(List.of());
    }
}
