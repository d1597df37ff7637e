package dev.intaglio.server.page;

import dev.intaglio.spring.AssembledIssuer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The headers of everything that is not the protocol's. The address of an offer page is a secret, so it is told to nobody.
public final class PageHeaders {
    private static final String POLICY = "Content-Security-Policy";
    private static final String NO_FORMS = "form-action 'none'";

    private final Map<String, String> headers = new LinkedHashMap<>();

    PageHeaders(List<String> pictureOrigins) {
        headers.put(
                POLICY,
                String.join(
                        "; ",
                        "default-src 'none'",
                        "style-src 'self'",
                        "script-src 'self'",
                        String.join(" ", "img-src 'self' data:", String.join(" ", pictureOrigins))
                                .strip(),
                        "base-uri 'none'",
                        NO_FORMS,
                        "frame-ancestors 'none'"));
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("X-Robots-Tag", "noindex");
    }

    static PageHeaders of(AssembledIssuer issuer) {
        return issuer.keep(
                PageHeaders.class, kept -> new PageHeaders(IssuerPages.of(kept).pictureOrigins()));
    }

    void set(HttpServletResponse response) {
        headers.forEach(response::setHeader);
    }

    /// For pages that ask somebody who was sent here by a wallet: they are not kept; their forms go to us and on to the
    /// wallet; and the wallet may have opened them in a window of its own, which it would lose by an opener policy.
    ///
    /// @param formTargets sources of the Content Security Policy to which the answer to a form may lead, besides ourselves
    public static void interactive(HttpServletResponse response, List<String> formTargets) {
        var policy = response.getHeader(POLICY);
        if (policy != null) {
            var targets = (" " + String.join(" ", formTargets)).stripTrailing();
            response.setHeader(POLICY, policy.replace(NO_FORMS, "form-action 'self'" + targets));
        }
        response.setHeader("Cross-Origin-Opener-Policy", "unsafe-none");
        response.setHeader("Cache-Control", "no-store");
    }

    Map<String, String> all() {
        return headers;
    }
}
