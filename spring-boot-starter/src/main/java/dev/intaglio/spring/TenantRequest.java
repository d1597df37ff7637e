package dev.intaglio.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/// A request for a page of a tenant, as if it were for the same page of the main issuer. Whose page it is says
/// [IssuerAtHand].
final class TenantRequest extends HttpServletRequestWrapper {
    private final String uri;

    /// @param mainPath what the main issuer's addresses begin with
    TenantRequest(HttpServletRequest request, AssembledIssuer tenant, String mainPath) {
        super(request);
        uri = mainPath
                + request.getRequestURI()
                        .substring(tenant.identifier().basePath().length());
        IssuerAtHand.set(this, tenant);
    }

    @Override
    public String getRequestURI() {
        return uri.isEmpty() ? "/" : uri;
    }

    @Override
    public String getServletPath() {
        return getRequestURI();
    }

    @Override
    public StringBuffer getRequestURL() {
        var url = super.getRequestURL();
        var path = super.getRequestURI();
        return url.replace(url.length() - path.length(), url.length(), getRequestURI());
    }
}
