package dev.intaglio.server.page;

import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.spring.IssuerIdentifier;
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
class StartPageController {
    private final IssuerIdentifier identifier;
    private final IssuerPages pages;

    StartPageController(IssuerIdentifier identifier, IssuerPages pages) {
        this.identifier = identifier;
        this.pages = pages;
    }

    @GetMapping({"", "/"})
    String start(@ModelAttribute("languages") Languages languages, Model model) {
        model.addAttribute("issuer", identifier.uri().toString());
        model.addAttribute("cards", pages.allCards(languages));
        model.addAttribute("issuerMetadata", WellKnown.path(identifier.uri(), CredentialIssuerMetadata.WELL_KNOWN));
        model.addAttribute("serverMetadata", WellKnown.path(identifier.uri(), AuthorizationServerMetadata.WELL_KNOWN));
        return "start";
    }

    /// The colours of the credentials.
    @GetMapping("/assets/credentials.css")
    ResponseEntity<String> credentialStyles() {
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/css;charset=UTF-8"))
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .body(pages.css());
    }
}
