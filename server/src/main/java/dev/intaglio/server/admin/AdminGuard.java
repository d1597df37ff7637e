package dev.intaglio.server.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets nobody without a token reach a controller of this package, and with an OAuth token only to where its scopes lead. It
/// looks at the controller, not at the path, so that no way of writing a path leads around it.
final class AdminGuard implements HandlerInterceptor {
    private final AdminCallers callers;

    AdminGuard(AdminCallers callers) {
        this.callers = callers;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackageName().equals(AdminGuard.class.getPackageName())) {
            return true;
        }
        var caller = callers.of(request);
        if (caller.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"admin\"");
            response.addHeader("WWW-Authenticate", "Basic realm=\"admin\", charset=\"UTF-8\"");
            Problem.write(
                    response,
                    401,
                    "Unauthorized",
                    "send the admin token or an access token as Authorization: Bearer, or the former as the password of Basic");
            return false;
        }
        var scope = scope(method);
        if (!caller.get().may(scope)) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scope + "\"");
            Problem.write(response, 403, "Forbidden", "this needs a token with the scope " + scope);
            return false;
        }
        return true;
    }

    static String scope(HandlerMethod method) {
        return Optional.ofNullable(method.getMethodAnnotation(AdminScope.class))
                .or(() -> Optional.ofNullable(method.getBeanType().getAnnotation(AdminScope.class)))
                .map(AdminScope::value)
                .orElse(AdminCallers.ALL);
    }
}
