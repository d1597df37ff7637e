package dev.intaglio.issuer.accesstoken;

import dev.intaglio.issuer.spi.AccessTokenVerifier;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.oauth.AccessToken;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where several authorization servers give tokens for one issuer (§12.2.4): a token goes to the server that it names as its
/// `iss`, and to no other, which need not learn of it. A token that cannot be read goes to the one server that is meant for
/// such.
public final class AccessTokensByIssuer implements AccessTokenVerifier {
    private static final int MAX_TOKEN = 128 * 1024;

    private final Map<String, AccessTokenVerifier> servers;
    private final AccessTokenVerifier opaque;

    private AccessTokensByIssuer(Map<String, AccessTokenVerifier> servers, AccessTokenVerifier opaque) {
        this.servers = servers;
        this.opaque = opaque;
    }

    /// @param servers by issuer identifier
    public static AccessTokensByIssuer of(Map<URI, ? extends AccessTokenVerifier> servers) {
        var byText = new LinkedHashMap<String, AccessTokenVerifier>();
        servers.forEach((issuer, verifier) -> byText.put(issuer.toString(), verifier));
        return new AccessTokensByIssuer(byText, token -> Optional.empty());
    }

    /// Who recognises tokens that are no JWTs; by default nobody.
    public AccessTokensByIssuer withOpaque(AccessTokenVerifier verifier) {
        return new AccessTokensByIssuer(servers, verifier);
    }

    @Override
    public Optional<AccessToken> verify(String token) {
        if (token.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        return switch (issuerOf(token)) {
            case Named(var issuer) ->
                Optional.ofNullable(servers.get(issuer)).flatMap(verifier -> verifier.verify(token));
            case Opaque() -> opaque.verify(token);
        };
    }

    private sealed interface Issuer {}

    private record Named(String issuer) implements Issuer {}

    private record Opaque() implements Issuer {}

    /// Not yet believed: it only says whom to ask.
    private static Issuer issuerOf(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return new Opaque();
        }
        try {
            return Json.readObject(Base64.getUrlDecoder().decode(parts[1]), JsonLimits.REQUEST)
                    .optionalString("iss")
                    .<Issuer>map(Named::new)
                    .orElseGet(Opaque::new);
        } catch (IllegalArgumentException noJwt) {
            return new Opaque();
        }
    }
}
