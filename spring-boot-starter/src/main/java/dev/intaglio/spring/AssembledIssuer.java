package dev.intaglio.spring;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.spi.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A Credential Issuer with its authorization server, ready to serve: the main one, or a tenant's.
public final class AssembledIssuer {
    private final IssuerParts parts;
    private final CredentialIssuer issuer;
    private final AuthorizationServer authorization;
    private final AuthorizationServers servers;
    private final RegisteredClients clients;
    private final Dialects dialects;
    private final Recording recording;
    private final List<ProtocolFilter.Route> routes;
    private final Map<Class<?>, Object> rooms = new ConcurrentHashMap<>();

    AssembledIssuer(
            IssuerParts parts,
            CredentialIssuer issuer,
            AuthorizationServer authorization,
            AuthorizationServers servers,
            RegisteredClients clients,
            Dialects dialects,
            Recording recording,
            Optional<AuthorizationPages> pages) {
        this.parts = parts;
        this.issuer = issuer;
        this.authorization = authorization;
        this.servers = servers;
        this.clients = clients;
        this.dialects = dialects;
        this.recording = recording;
        routes = routes(pages);
    }

    private List<ProtocolFilter.Route> routes(Optional<AuthorizationPages> pages) {
        var all = new ArrayList<ProtocolFilter.Route>();
        all.add(new ProtocolFilter.Route(
                dialects::serves, recording.around(request -> dialects.handler().handle(request))));
        all.add(new ProtocolFilter.Route(issuer::serves, recording.around(issuer.handler())));
        if (servers.own()) {
            var handler = recording.around(dialects.around(authorization.handler()));
            // Not for scripts of other origins (RFC 9700, section 2.6): people come here.
            authorization
                    .metadata()
                    .authorizationEndpoint()
                    .ifPresent(address -> all.add(new ProtocolFilter.Route(
                            address.getRawPath()::equals,
                            pages.map(page -> page.around(handler)).orElse(handler),
                            false)));
            all.add(new ProtocolFilter.Route(authorization::serves, handler));
        }
        return List.copyOf(all);
    }

    /// The tenant's name; empty for the main issuer.
    public String tenant() {
        return parts.tenant();
    }

    public IssuerIdentifier identifier() {
        return parts.identifier();
    }

    /// What it was made of.
    public IssuerParts parts() {
        return parts;
    }

    public CredentialIssuer issuer() {
        return issuer;
    }

    public AuthorizationServer authorization() {
        return authorization;
    }

    public RegisteredClients clients() {
        return clients;
    }

    /// What else is spoken.
    public Dialects dialects() {
        return dialects;
    }

    /// Something that is made of this issuer once and kept as long as it.
    public <T> T keep(Class<T> type, Function<AssembledIssuer, T> make) {
        // Not computed inside the map: what is made may need something else that is kept.
        var kept = rooms.get(type);
        if (kept == null) {
            var made = make.apply(this);
            kept = Objects.requireNonNullElse(rooms.putIfAbsent(type, made), made);
        }
        return type.cast(kept);
    }

    Recording recording() {
        return recording;
    }

    /// Whether a path is one of this issuer's or of its authorization server's.
    boolean serves(String path) {
        return routes.stream().anyMatch(route -> route.serves().test(path));
    }

    List<ProtocolFilter.Route> routes() {
        return routes;
    }

    @Override
    public String toString() {
        return "AssembledIssuer[" + parts.identifier().uri() + "]";
    }
}
