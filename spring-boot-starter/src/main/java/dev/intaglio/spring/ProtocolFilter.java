package dev.intaglio.spring;

import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.trail.Trail;
import dev.intaglio.storage.jdbc.tenant.Tenant;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Leads requests for paths of the protocol to their handlers and all others down the chain. Stands before everything else,
/// so that wallets pay for no filter they do not need. Every request gets an id, for the log and the answer.
final class ProtocolFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ProtocolFilter.class);
    private static final int MAX_BODY = 256 * 1024;

    // A filter is serializable by its interface, and by nothing else.
    private final transient String origin;
    private final transient List<Route> routes;
    private final transient Consumer<Trail> done;
    private final transient Optional<Tenancy> tenancy;
    private final transient RequestIds ids = new RequestIds();

    /// The tenants, and the path their pages are served under.
    record Tenancy(TenantIssuers issuers, String mainPath) {}

    /// A handler and the paths it has.
    ///
    /// @param crossOrigin whether scripts of other origins may call it
    record Route(Predicate<String> serves, Handler handler, boolean crossOrigin) {
        Route(Predicate<String> serves, Handler handler) {
            this(serves, handler, true);
        }
    }

    /// @param origin scheme and authority at which clients address us, whatever a proxy made of it: DPoP proofs name it
    /// @param done is told what was done outside the protocol
    ProtocolFilter(String origin, List<Route> routes, Consumer<Trail> done) {
        this(origin, routes, done, Optional.empty());
    }

    ProtocolFilter(String origin, List<Route> routes, Consumer<Trail> done, Optional<Tenancy> tenancy) {
        this.origin = origin;
        this.done = done;
        this.routes = List.copyOf(routes);
        this.tenancy = tenancy;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var id = ids.next();
        MDC.put(RequestIds.LOGGED_AS, id);
        response.setHeader("X-Request-Id", id);
        try {
            switch (match(request)) {
                case TenantDirectory.Match.Main main ->
                    serve(origin, route(routes, request), done, request, request, response, chain);
                case TenantDirectory.Match.Of(var tenant)
                when tenant.enabled() -> serve(tenancy.orElseThrow(), tenant, request, response, chain);
                case TenantDirectory.Match.Of disabled -> write(Response.status(404), request, response);
                case TenantDirectory.Match.Nobody nobody -> write(Response.status(404), request, response);
            }
        } finally {
            MDC.remove(RequestIds.LOGGED_AS);
        }
    }

    private TenantDirectory.Match match(HttpServletRequest request) {
        return tenancy.map(tenants -> tenants.issuers()
                        .directory()
                        .match(String.valueOf(request.getServerName()), request.getRequestURI()))
                .orElseGet(TenantDirectory.Match.Main::new);
    }

    private void serve(
            Tenancy tenants, Tenant tenant, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        AssembledIssuer issuer;
        try {
            issuer = tenants.issuers().assembled(tenant);
        } catch (IllegalStateException broken) {
            LOG.error("The tenant {} cannot be served", tenant.name(), broken);
            write(Response.status(503), request, response);
            return;
        }
        MDC.put(RequestIds.TENANT, tenant.name());
        try {
            serve(
                    issuer.identifier().origin(),
                    route(issuer.routes(), request),
                    issuer.recording()::done,
                    request,
                    new TenantRequest(request, issuer, tenants.mainPath()),
                    response,
                    chain);
        } finally {
            MDC.remove(RequestIds.TENANT);
        }
    }

    /// @param page the request, as it goes to those who make pages
    private void serve(
            String origin,
            Optional<Route> route,
            Consumer<Trail> done,
            HttpServletRequest request,
            HttpServletRequest page,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        if (route.isEmpty()) {
            others(done, page, response, chain);
        } else if (!route.get().crossOrigin()) {
            write(answer(origin, route.get().handler(), request), request, response);
        } else if (request.getMethod().equals("OPTIONS")) {
            write(CrossOrigin.preflight(), request, response);
        } else {
            write(CrossOrigin.readable(answer(origin, route.get().handler(), request)), request, response);
        }
    }

    /// What fails there is logged here, since the container would do so after the request has lost its id. The path is not:
    /// that of an offer page is a secret.
    private static void others(
            Consumer<Trail> done, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try (var trail = Trail.begin()) {
            chain.doFilter(request, response);
            done.accept(trail);
        } catch (ServletException | RuntimeException fault) {
            LOG.error("A {} request outside the protocol failed", request.getMethod(), fault);
            throw fault;
        }
    }

    private static Optional<Route> route(List<Route> routes, HttpServletRequest request) {
        var path = request.getRequestURI();
        for (var route : routes) {
            if (route.serves().test(path)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    private static Response answer(String origin, Handler handler, HttpServletRequest request) throws IOException {
        URI uri;
        try {
            var query = request.getQueryString();
            uri = new URI(origin + request.getRequestURI() + (query == null ? "" : "?" + query));
        } catch (URISyntaxException malformed) {
            return Response.status(400);
        }
        // One byte more than anybody accepts: the endpoint sees that it is too much and says so in its own words.
        var body = request.getInputStream().readNBytes(MAX_BODY + 1);
        var method = request.getMethod().toUpperCase(Locale.ROOT);
        return handler.handle(
                new Request(method, uri, headers(request), body, Optional.ofNullable(request.getRemoteAddr())));
    }

    private static Headers headers(HttpServletRequest request) {
        var fields = new LinkedHashMap<String, List<String>>();
        var names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            var name = names.nextElement();
            var values = new ArrayList<String>();
            request.getHeaders(name).asIterator().forEachRemaining(values::add);
            fields.put(name, values);
        }
        return Headers.of(fields);
    }

    private static void write(Response answer, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setStatus(answer.status());
        answer.headers().fields().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        // A HEAD is answered without the body, and so without its length.
        if (!request.getMethod().equals("HEAD") && answer.status() != HttpServletResponse.SC_NO_CONTENT) {
            response.setContentLength(answer.body().length);
            response.getOutputStream().write(answer.body());
        }
    }
}
