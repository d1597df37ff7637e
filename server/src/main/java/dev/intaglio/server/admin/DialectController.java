package dev.intaglio.server.admin;

import dev.intaglio.issuer.store.DialectUse;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.DialectProperties;
import dev.intaglio.spring.IssuerAtHand;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Says which dialects are understood, until when, and which wallets spoke them. [AdminGuard] stands before it.
@RestController
@AdminScope("intaglio.audit")
@ServesTenants
class DialectController {
    private final IssuerAtHand issuers;

    DialectController(IssuerAtHand issuers) {
        this.issuers = issuers;
    }

    @GetMapping({"/admin/v1/dialects", "/admin/dialects"})
    ResponseEntity<byte[]> dialects(HttpServletRequest request) {
        var issuer = issuers.of(request);
        var dialects = issuer.dialects();
        var properties = issuer.parts().settings().of(DialectProperties.class);
        var until = JsonObject.builder();
        properties.draftSunsets().forEach((dialect, day) -> until.put(dialect, day.toString()));
        var identifiers = JsonObject.builder();
        dialects.places()
                .forEach(place ->
                        identifiers.put(place.dialect(), place.identifier().toString()));
        var json = JsonObject.builder()
                .put("accepted", properties.drafts())
                .put("until", until.build())
                .put("identifiers", identifiers.build())
                .put(
                        "uses",
                        dialects.uses().stream().map(DialectController::write).toList())
                .build();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(json.bytes());
    }

    private static JsonObject write(DialectUse use) {
        return JsonObject.builder()
                .put("dialect", use.dialect())
                .putIf("client_id", said(use.clientId()))
                .putIf("attester", said(use.attester()))
                .putIf("user_agent", said(use.agent()))
                .put("issuances", use.issuances())
                .put("refusals", use.refusals())
                .put("first", use.first().toString())
                .put("last", use.last().toString())
                .build();
    }

    private static Optional<String> said(String text) {
        return Optional.of(text).filter(value -> !value.isEmpty());
    }
}
