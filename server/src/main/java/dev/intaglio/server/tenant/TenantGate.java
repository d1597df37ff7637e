package dev.intaglio.server.tenant;

import dev.intaglio.spring.IssuerAtHand;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/// Lets a request for a tenant reach nothing but controllers that are made for tenants, and files of pages: a controller
/// that somebody adds without a thought of tenants would answer with what is the main issuer's.
final class TenantGate implements HandlerInterceptor {
    private final IssuerAtHand issuers;

    TenantGate(IssuerAtHand issuers) {
        this.issuers = issuers;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (issuers.of(request).tenant().isEmpty()
                || request.getDispatcherType() == DispatcherType.ERROR
                || handler instanceof ResourceHttpRequestHandler
                || (handler instanceof HandlerMethod method
                        && method.getBeanType().isAnnotationPresent(ServesTenants.class))) {
            return true;
        }
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
        return false;
    }
}
