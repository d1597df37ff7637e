package dev.intaglio.authorization.client;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.protocol.oauth.TokenErrors;
import dev.intaglio.protocol.ratelimit.RateLimits;
import java.util.List;
import java.util.Optional;

/// Finds the client of a request by the first method that knows the request as its own.
public final class Clients {
    private static final List<String> SCHEMES = List.of("Bearer", "DPoP");

    private final List<ClientAuthentication> methods;
    private final RateLimits limits;

    public Clients(List<ClientAuthentication> methods, RateLimits limits) {
        this.methods = List.copyOf(methods);
        this.limits = limits;
    }

    /// For `token_endpoint_auth_methods_supported`.
    public List<String> methods() {
        return methods.stream()
                .flatMap(method -> method.methods().stream())
                .distinct()
                .toList();
    }

    /// @throws Refusal `invalid_client`, or `temporarily_unavailable` for a client that asks too much
    public Client of(Request request, Form form) {
        var client = methods.stream()
                .map(method -> method.authenticate(request, form))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> refusal(request, form));
        client.id().ifPresent(id -> limits.client(id, client.authenticated(), request.remote()));
        return client;
    }

    private static Refusal refusal(Request request, Form form) {
        var description = form.value("client_id").isEmpty()
                        && request.header("Authorization").isEmpty()
                ? "client_id is missing and anonymous access is not supported"
                : "the client is unknown, or authenticates by a method that token_endpoint_auth_methods_supported does not list";
        var refusal = TokenErrors.invalidClient(description);
        return request.header("Authorization")
                .map(Clients::scheme)
                .map(scheme -> refusal.withHeader("WWW-Authenticate", scheme + " realm=\"token\""))
                .orElse(refusal);
    }

    /// The challenge is by the scheme that the client tried (RFC 6749, section 5.2).
    private static String scheme(String credentials) {
        var tried = credentials.strip().split("\\s", 2)[0];
        return SCHEMES.stream().filter(tried::equalsIgnoreCase).findFirst().orElse("Basic");
    }
}
