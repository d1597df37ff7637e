package dev.intaglio.server.login;

import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.spring.IssuerIdentifier;
import dev.intaglio.spring.NonceKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseCookie;

/// Visits as cookies: one for each interaction, so that two in one browser do not disturb each other. An interaction's
/// identifier is of no use without the cookie, which is given once: to the browser that came to the authorization endpoint.
final class VisitCookies {
    /// Longer than an interaction is kept, by default; it ends whichever ends first.
    private static final Duration LIFETIME = Duration.ofHours(1);

    private static final String NAME = "intaglio-visit-";
    private static final int NAME_HASH = 16;

    /// Whoever opens more at once begins the first ones again. A request's header is bounded.
    private static final int AT_ONCE = 6;

    private final boolean secure;
    private final Seal seal;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    VisitCookies(IssuerIdentifier issuer, NonceKey key, Clock clock) {
        secure = issuer.uri().getScheme().equals("https");
        seal = new Seal(key.bytes(), random);
        this.clock = clock;
    }

    /// The cookies, as `Set-Cookie` has them, of a browser that comes with a new interaction.
    ///
    /// @param present the browser's cookies by name
    List<String> begin(String interaction, Collection<String> present) {
        var ours = present.stream().filter(name -> name.startsWith(prefix())).toList();
        var visit = new Visit(
                interaction,
                unguessable(),
                new Visit.Stage.SigningIn(),
                clock.instant().plus(LIFETIME));
        if (ours.size() < AT_ONCE) {
            return List.of(write(visit));
        }
        var all = new ArrayList<String>();
        ours.forEach(name -> all.add(cookie(name, "", Duration.ZERO)));
        all.add(write(visit));
        return all;
    }

    String write(Visit visit) {
        var name = name(visit.interaction());
        return cookie(name, seal.close(visit.write().bytes(), name), LIFETIME);
    }

    /// The browser's visit for an interaction.
    Optional<Visit> find(String interaction, Map<String, String> cookies) {
        var name = name(interaction);
        return Optional.ofNullable(cookies.get(name))
                .flatMap(value -> open(name, value))
                .filter(visit -> visit.interaction().equals(interaction));
    }

    /// The browser's visit that is at an OpenID Provider with this state.
    Optional<Visit> findByState(String state, Map<String, String> cookies) {
        return cookies.entrySet().stream()
                .filter(cookie -> cookie.getKey().startsWith(prefix()))
                .flatMap(cookie -> open(cookie.getKey(), cookie.getValue()).stream())
                .filter(visit -> visit.stage() instanceof Visit.Stage.AtProvider at
                        && at.state().equals(state))
                .findFirst();
    }

    private Optional<Visit> open(String name, String value) {
        return seal.open(value, name)
                .map(bytes -> Visit.read(Json.readObject(bytes)))
                .filter(visit -> clock.instant().isBefore(visit.until()));
    }

    String unguessable() {
        return Unguessable.text(random, Unguessable.SECRET);
    }

    private String name(String interaction) {
        return prefix()
                + SignedJwt.sha256(interaction.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_HASH);
    }

    /// With `__Host-`, a browser takes it from this host alone and only by TLS.
    private String prefix() {
        return secure ? "__Host-" + NAME : NAME;
    }

    /// Lax: it must come along when a provider sends the browser back, and never with the form of another site.
    private String cookie(String name, String value, Duration lifetime) {
        return ResponseCookie.from(name, value)
                .path("/")
                .maxAge(lifetime)
                .httpOnly(true)
                .secure(secure)
                .sameSite("Lax")
                .build()
                .toString();
    }

    /// What `Cookie` headers say, by name.
    static Map<String, String> read(List<String> headers) {
        Map<String, String> cookies = new HashMap<>();
        for (var header : headers) {
            for (var pair : header.split(";")) {
                var equals = pair.indexOf('=');
                if (equals > 0) {
                    cookies.putIfAbsent(
                            pair.substring(0, equals).strip(),
                            pair.substring(equals + 1).strip());
                }
            }
        }
        return cookies;
    }
}
