package dev.intaglio.server.offer;

import dev.intaglio.server.page.IssuerPages;
import dev.intaglio.server.page.Languages;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.IssuerAtHand;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/// Shows an offer to whoever has the address of its page, which cannot be guessed.
@Controller
@ServesTenants
class OfferPageController {
    private final IssuerAtHand issuers;
    private final Clock clock;

    OfferPageController(IssuerAtHand issuers, Clock clock) {
        this.issuers = issuers;
        this.clock = clock;
    }

    @GetMapping("/offer/{pageId}")
    String show(
            @PathVariable String pageId,
            @ModelAttribute("languages") Languages languages,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        var issuer = issuers.of(request);
        var offers = issuer.issuer().offers();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var found = offers.findByPage(pageId);
        if (found.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return "no-offer";
        }
        var offer = found.get();
        model.addAttribute(
                "page", OfferPage.of(offer, offers.pending(offer.offer()), clock.instant(), languages.ofPages()));
        model.addAttribute("cards", IssuerPages.of(issuer).cards(offer.offer().configurationIds(), languages));
        return "offer";
    }
}
