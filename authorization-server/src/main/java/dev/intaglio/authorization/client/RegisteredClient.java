package dev.intaglio.authorization.client;

import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A client the operator knows by name.
///
/// ```java
/// new RegisteredClient("wallet", List.of("https://wallet.example/cb"), new RegisteredClient.Method.None())
/// ```
///
/// @param name what users are told it is called, if not its identifier
/// @param redirectUris where codes may be sent: compared as strings, but for the port of a loopback address
/// @param method how it authenticates; by no other way
/// @param dpopBoundAccessTokens its tokens are always bound to a key (RFC 9449, section 5.2)
public record RegisteredClient(
        String id, Optional<String> name, List<String> redirectUris, Method method, boolean dpopBoundAccessTokens) {
    private static final Set<String> LOCAL_SCHEMES = Set.of("javascript", "data", "file", "about", "blob", "vbscript");

    public RegisteredClient {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a registered client has an identifier");
        }
        redirectUris = List.copyOf(redirectUris);
        redirectUris.forEach(RegisteredClient::requireRedirectUri);
    }

    public RegisteredClient(String id, List<String> redirectUris, Method method) {
        this(id, redirectUris, method, false);
    }

    public RegisteredClient(String id, List<String> redirectUris, Method method, boolean dpopBoundAccessTokens) {
        this(id, Optional.empty(), redirectUris, method, dpopBoundAccessTokens);
    }

    /// How a client authenticates.
    public sealed interface Method {
        /// `none`: a public client.
        record None() implements Method {}

        /// `private_key_jwt`, by any of these public keys.
        record PrivateKeyJwt(List<JWK> keys) implements Method {
            public PrivateKeyJwt {
                keys = List.copyOf(keys);
                if (keys.isEmpty() || keys.stream().anyMatch(JWK::isPrivate)) {
                    throw new IllegalArgumentException(
                            "private_key_jwt needs the client's keys, the public halves only");
                }
            }
        }

        /// `attest_jwt_client_auth`: whoever has an attestation for its name.
        record Attestation() implements Method {}
    }

    /// Whether a code may be sent there (RFC 9700, section 2.1).
    public boolean redirectsTo(String redirectUri) {
        return redirectUris.stream()
                .anyMatch(registered -> registered.equals(redirectUri)
                        || LoopbackRedirect.of(registered)
                                .filter(LoopbackRedirect.of(redirectUri).stream()
                                        .toList()::contains)
                                .isPresent());
    }

    /// What a redirect URI must be at all: absolute, without fragment, `https`, a private-use scheme of an app, or `http` to
    /// the device itself (RFC 6749 section 3.1.2, RFC 8252 section 7).
    ///
    /// @throws IllegalArgumentException if it is not
    public static String requireRedirectUri(String redirectUri) {
        URI uri;
        try {
            uri = URI.create(redirectUri);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("redirect_uri is no URI");
        }
        if (uri.getScheme() == null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("redirect_uri is an absolute URI without a fragment");
        }
        var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (LOCAL_SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException("redirect_uri leads to no client");
        }
        if (scheme.equals("https") && uri.getHost() == null) {
            throw new IllegalArgumentException("redirect_uri has no host");
        }
        if (scheme.equals("http") && LoopbackRedirect.of(redirectUri).isEmpty()) {
            throw new IllegalArgumentException("redirect_uri is https, or http to a loopback address");
        }
        return redirectUri;
    }
}
