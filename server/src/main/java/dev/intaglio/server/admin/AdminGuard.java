package dev.intaglio.server.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets nobody without the token reach a controller of this package. It looks at the controller, not at the path, so that
/// no way of writing a path leads around it.
final class AdminGuard implements HandlerInterceptor {
    private static final String SCHEME = "Bearer ";

    private final AdminToken token;

    AdminGuard(AdminToken token) {
        this.token = token;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getPackageName().equals(AdminGuard.class.getPackageName())
                || presented(request).filter(token::is).isPresent()) {
            return true;
        }
        response.setHeader("WWW-Authenticate", "Bearer realm=\"admin\"");
        var problem = Problem.of(401, "Unauthorized", "send the admin token as Authorization: Bearer");
        response.setStatus(401);
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(problem.bytes());
        return false;
    }

    private static Optional<String> presented(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
    }
}
