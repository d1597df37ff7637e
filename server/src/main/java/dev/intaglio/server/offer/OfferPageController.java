package dev.intaglio.server.offer;

import dev.intaglio.issuer.CredentialIssuer;
import dev.intaglio.issuer.offer.CredentialOffers;
import dev.intaglio.server.page.IssuerPages;
import dev.intaglio.server.page.Languages;
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
class OfferPageController {
    private final CredentialOffers offers;
    private final IssuerPages pages;
    private final Clock clock;

    OfferPageController(CredentialIssuer issuer, IssuerPages pages, Clock clock) {
        this.offers = issuer.offers();
        this.pages = pages;
        this.clock = clock;
    }

    @GetMapping("/offer/{pageId}")
    String show(
            @PathVariable String pageId,
            @ModelAttribute("languages") Languages languages,
            Model model,
            HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var found = offers.findByPage(pageId);
        if (found.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return "no-offer";
        }
        var offer = found.get();
        model.addAttribute("page", OfferPage.of(offer, offers.pending(offer.offer()), clock.instant()));
        model.addAttribute("cards", pages.cards(offer.offer().configurationIds(), languages));
        return "offer";
    }
}
