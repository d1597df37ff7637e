package dev.intaglio.protocol.did;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.proof.DidResolver;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds keys of `did:web`, and of the DIDs that spell theirs out. Whoever sends a proof names the host we then call, so the call is
/// bounded: https alone, to public addresses alone, no redirect, a small document, a short time, once in a while for each DID.
///
/// The address is checked before the transport looks the name up again. Between the two lies a moment, in which the JVM answers from
/// what it has just looked up (`networkaddress.cache.ttl`, by default 30 seconds), so a name that changes its mind is not followed.
public final class DidWebResolver implements DidResolver {
    private static final Logger LOG = LoggerFactory.getLogger(DidWebResolver.class);

    private static final String METHOD = "did:web";
    private static final int MAX_DID = 512;
    private static final JsonLimits LIMITS = new JsonLimits(64 * 1024, 16);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int MAX_KEPT = 1_000;

    private static final Pattern HOST =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");

    /// Looks up the addresses of a host.
    @FunctionalInterface
    public interface Names {
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    private final Handler transport;
    private final Names names;
    private final Clock clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    /// @param document absent if it could not be had
    private record Kept(@Nullable DidDocument document, Instant until) {}

    /// @param transport must follow no redirects
    /// @param names whose addresses the transport will use
    public DidWebResolver(Handler transport, Names names, Clock clock) {
        this.transport = transport;
        this.names = names;
        this.clock = clock;
    }

    /// Over the network, as the platform resolves names.
    public static DidWebResolver create(Clock clock) {
        return new DidWebResolver(
                JdkTransport.bounded(TIME_LIMIT, LIMITS.maxBytes()),
                host -> List.of(InetAddress.getAllByName(host)),
                clock);
    }

    @Override
    public Set<String> methods() {
        return Stream.concat(SELF_CONTAINED.methods().stream(), Stream.of(METHOD))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public JWK key(String didUrl, Purpose purpose) {
        if (!didUrl.startsWith(METHOD + ":")) {
            return SELF_CONTAINED.key(didUrl, purpose);
        }
        if (didUrl.length() > MAX_DID) {
            throw new JsonException("the DID is longer than we read");
        }
        var fragment = didUrl.indexOf('#');
        return document(fragment < 0 ? didUrl : didUrl.substring(0, fragment)).key(didUrl, purpose);
    }

    private DidDocument document(String did) {
        var address = address(did);
        var now = clock.instant();
        synchronized (kept) {
            var known = kept.get(did);
            if (known != null && now.isBefore(known.until())) {
                return orUnavailable(known.document());
            }
        }
        DidDocument fetched = null;
        try {
            fetched = fetch(did, address);
        } catch (JsonException | UncheckedIOException | UnknownHostException unavailable) {
            LOG.info("the DID document at {} cannot be used: {}", address, unavailable.getMessage());
        }
        synchronized (kept) {
            kept.put(did, new Kept(fetched, now.plus(fetched == null ? PAUSE : FRESH)));
            if (kept.size() > MAX_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return orUnavailable(fetched);
    }

    /// Says no more: what is at an address is not for whoever made us look.
    private static DidDocument orUnavailable(@Nullable DidDocument document) {
        if (document == null) {
            throw new JsonException("the DID document cannot be had, or is none");
        }
        return document;
    }

    /// The method's rule from DID to address (did:web, section 3.2).
    static URI address(String did) {
        var parts = List.of(did.substring(METHOD.length() + 1).split(":", -1));
        var authority = parts.getFirst().split("%3A", 2);
        var path = parts.subList(1, parts.size());
        if (!HOST.matcher(authority[0]).matches()
                || authority.length > 1 && !PORT.matcher(authority[1]).matches()
                || !path.stream().allMatch(segment -> SEGMENT.matcher(segment).matches())) {
            throw new JsonException("the did:web names no host by its domain name, or no path we go to");
        }
        return URI.create("https://"
                + String.join(":", authority)
                + (path.isEmpty() ? "/.well-known" : "/" + String.join("/", path))
                + "/did.json");
    }

    private DidDocument fetch(String did, URI address) throws UnknownHostException {
        var found = names.addresses(address.getHost());
        if (found.isEmpty() || !found.stream().allMatch(PublicAddresses::isPublic)) {
            throw new JsonException("the host has no address, or one that is not public");
        }
        var response = transport.handle(Request.get(address).with("Accept", "application/did+json, application/json"));
        if (response.status() != 200) {
            throw new JsonException("answered with " + response.status());
        }
        return new DidDocument(did, Json.readObject(response.body(), LIMITS));
    }
}
