package dev.intaglio.protocol.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds the handler of a path. A wrong method on a known path is 405 with `Allow`, an unknown path 404.
/// A route is an exact path, or a prefix that ends in `/`, which then takes exactly one further segment.
public final class Router implements Handler {
    private final Map<String, Map<String, Handler>> routes;

    private Router(Map<String, Map<String, Handler>> routes) {
        this.routes = routes;
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Whether some route, by whatever method, has this path.
    public boolean knows(String path) {
        return methods(path).isPresent();
    }

    /// All routes, as a method and a path each: `POST /token`. Those that take a further segment end in `/`.
    public Set<String> endpoints() {
        var all = new TreeSet<String>();
        routes.forEach((path, methods) -> methods.keySet().forEach(method -> all.add(method + " " + path)));
        return all;
    }

    @Override
    public Response handle(Request request) {
        var methods = methods(request.uri().getRawPath());
        if (methods.isEmpty()) {
            return Response.status(404);
        }
        var handler = methods.get().get(request.method());
        if (handler != null) {
            return handler.handle(request);
        }
        if (request.method().equals("HEAD") && methods.get().containsKey("GET")) {
            var answer = methods.get().get("GET").handle(request);
            return new Response(answer.status(), answer.headers(), new byte[0]);
        }
        return Response.status(405)
                .with("Allow", String.join(", ", methods.get().keySet()));
    }

    private Optional<Map<String, Handler>> methods(String path) {
        var exact = routes.get(path);
        if (exact != null) {
            return Optional.of(exact);
        }
        var slash = path.lastIndexOf('/');
        return slash < 0 || slash == path.length() - 1
                ? Optional.empty()
                : Optional.ofNullable(routes.get(path.substring(0, slash + 1)));
    }

    /// Collects routes.
    public static final class Builder {
        private final Map<String, Map<String, Handler>> routes = new LinkedHashMap<>();

        public Builder get(String path, Handler handler) {
            return route("GET", path, handler);
        }

        public Builder post(String path, Handler handler) {
            return route("POST", path, handler);
        }

        private Builder route(String method, String path, Handler handler) {
            if (routes.computeIfAbsent(path, ignored -> new TreeMap<>()).put(method, handler) != null) {
                throw new IllegalStateException("two handlers for " + method + " " + path);
            }
            return this;
        }

        public Router build() {
            return new Router(Map.copyOf(routes));
        }
    }
}
