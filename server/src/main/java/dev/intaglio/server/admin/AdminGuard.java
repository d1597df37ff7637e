package dev.intaglio.server.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets nobody without the token reach a controller of this package. It looks at the controller, not at the path, so that
/// no way of writing a path leads around it.
final class AdminGuard implements HandlerInterceptor {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

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
        response.addHeader("WWW-Authenticate", "Basic realm=\"admin\", charset=\"UTF-8\"");
        var problem = Problem.of(
                401, "Unauthorized", "send the admin token as Authorization: Bearer, or as the password of Basic");
        response.setStatus(401);
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(problem.bytes());
        return false;
    }

    private static Optional<String> presented(HttpServletRequest request) {
        var header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        return header.regionMatches(true, 0, BASIC, 0, BASIC.length()) && ownPage(request)
                ? password(header.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    private static boolean ownPage(HttpServletRequest request) {
        return request.getMethod().equals("GET") || "same-origin".equals(request.getHeader("Sec-Fetch-Site"));
    }

    private static Optional<String> password(String credentials) {
        try {
            var text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return Optional.of(text.substring(text.indexOf(':') + 1));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
