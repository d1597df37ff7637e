package dev.intaglio.server.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.web.servlet.HandlerInterceptor;

/// The headers of everything that is not the protocol's. The address of an offer page is a secret, so it is told to nobody.
final class PageHeaders implements HandlerInterceptor {
    private final String contentSecurityPolicy;

    PageHeaders(List<String> pictureOrigins) {
        contentSecurityPolicy = String.join(
                "; ",
                "default-src 'none'",
                "style-src 'self'",
                "script-src 'self'",
                String.join(" ", "img-src 'self' data:", String.join(" ", pictureOrigins))
                        .strip(),
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        response.setHeader("Content-Security-Policy", contentSecurityPolicy);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("X-Robots-Tag", "noindex");
        return true;
    }
}
