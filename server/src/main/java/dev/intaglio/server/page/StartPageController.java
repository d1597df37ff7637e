package dev.intaglio.server.page;

import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.IssuerAtHand;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/// Tells somebody who comes by what this is, and a developer where the metadata is.
@Controller
@ServesTenants
class StartPageController {
    private final IssuerAtHand issuers;

    StartPageController(IssuerAtHand issuers) {
        this.issuers = issuers;
    }

    @GetMapping({"", "/"})
    String start(@ModelAttribute("languages") Languages languages, Model model, HttpServletRequest request) {
        var identifier = issuers.of(request).identifier();
        var pages = IssuerPages.of(issuers.of(request));
        model.addAttribute("issuer", identifier.uri().toString());
        model.addAttribute("cards", pages.allCards(languages));
        model.addAttribute("issuerMetadata", WellKnown.path(identifier.uri(), CredentialIssuerMetadata.WELL_KNOWN));
        model.addAttribute("serverMetadata", WellKnown.path(identifier.uri(), AuthorizationServerMetadata.WELL_KNOWN));
        return "start";
    }

    /// The colours of the credentials.
    @GetMapping("/assets/credentials.css")
    ResponseEntity<String> credentialStyles(HttpServletRequest request) {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/css;charset=UTF-8"))
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .body(IssuerPages.of(issuers.of(request)).css());
    }
}
