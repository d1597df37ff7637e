package dev.intaglio.spring;

import jakarta.servlet.http.HttpServletRequest;

/// Which issuer a request is for: pages and the admin interface serve the main one and all tenants alike.
public final class IssuerAtHand {
    private static final String ATTRIBUTE = IssuerAtHand.class.getName();

    private final AssembledIssuer main;

    IssuerAtHand(AssembledIssuer main) {
        this.main = main;
    }

    public AssembledIssuer of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof AssembledIssuer tenant ? tenant : main;
    }

    static void set(HttpServletRequest request, AssembledIssuer tenant) {
        request.setAttribute(ATTRIBUTE, tenant);
    }
}
