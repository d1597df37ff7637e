package dev.intaglio.server.page;

import dev.intaglio.spring.IssuerAtHand;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/// What every page needs, error pages too.
@ControllerAdvice
class PageModel {
    private final IssuerAtHand issuers;

    PageModel(IssuerAtHand issuers) {
        this.issuers = issuers;
    }

    /// What addresses of ours begin with.
    @ModelAttribute("base")
    String base(HttpServletRequest request) {
        return issuers.of(request).identifier().basePath();
    }

    @ModelAttribute("languages")
    Languages languages(HttpServletRequest request) {
        return IssuerPages.of(issuers.of(request)).languages(request);
    }

    @ModelAttribute("issuerName")
    String issuerName(HttpServletRequest request) {
        return IssuerPages.of(issuers.of(request)).issuerName(languages(request));
    }

    @ModelAttribute("issuerLogo")
    String issuerLogo(HttpServletRequest request) {
        return IssuerPages.of(issuers.of(request)).issuerLogo(languages(request));
    }

    /// For a reader to tell the operator, who finds it in the log.
    @ModelAttribute("requestId")
    String requestId(HttpServletResponse response) {
        return Objects.requireNonNullElse(response.getHeader("X-Request-Id"), "");
    }
}
