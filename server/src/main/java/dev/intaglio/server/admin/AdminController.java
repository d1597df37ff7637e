package dev.intaglio.server.admin;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.AssembledIssuer;
import dev.intaglio.spring.IssuerAtHand;
import dev.intaglio.spring.IssuerIdentifier;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Makes offers, and says what can be offered. [AdminGuard] stands before it.
@RestController
@AdminScope("intaglio.offers")
@ServesTenants
class AdminController {
    private static final int MAX_BODY = 64 * 1024;

    private final IssuerAtHand issuers;
    private final AdminProperties properties;

    AdminController(IssuerAtHand issuers, AdminProperties properties) {
        this.issuers = issuers;
        this.properties = properties;
    }

    @PostMapping({"/admin/v1/offers", "/admin/offers"})
    ResponseEntity<byte[]> offer(HttpServletRequest request) throws IOException {
        var body = AdminBody.read(request, MAX_BODY);
        var issuer = issuers.of(request);
        var order = OfferOrder.read(
                Json.readObject(body),
                properties.offerValidity(),
                issuer.issuer().definitions());
        var created = issuer.issuer().offers().create(order);
        return ResponseEntity.created(page(issuer.identifier(), created))
                .contentType(MediaType.APPLICATION_JSON)
                .cacheControl(CacheControl.noStore())
                .body(write(issuer, created).bytes());
    }

    @GetMapping({"/admin/v1/configurations", "/admin/configurations"})
    ResponseEntity<byte[]> configurations(HttpServletRequest request) {
        var configurations = issuers.of(request).issuer().definitions().stream()
                .flatMap(definition ->
                        definition.configurations().stream().map(configuration -> write(definition, configuration)))
                .toList();
        var json = JsonObject.builder().put("configurations", configurations).build();
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json.bytes());
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }

    private static JsonObject write(AssembledIssuer issuer, CreatedOffer created) {
        return JsonObject.builder()
                .put("offer_id", created.id())
                .put("offer", created.offer().write())
                .put("link_by_value", created.linkByValue())
                .put("link_by_reference", created.linkByReference())
                .put("credential_offer_uri", created.reference().toString())
                .putIf("dialects", new DialectLinks(issuer.dialects()).of(created))
                .put("page", page(issuer.identifier(), created).toString())
                .putIf("tx_code", created.txCode())
                .put(
                        "expires_at",
                        created.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString())
                .build();
    }

    private static URI page(IssuerIdentifier identifier, CreatedOffer created) {
        return identifier.uri().resolve(identifier.basePath() + "/offer/" + created.pageId());
    }

    private static JsonObject write(CredentialDefinition definition, FormatConfiguration configuration) {
        return JsonObject.builder()
                .put("id", configuration.id())
                .put("definition", definition.id())
                .put("format", configuration.format())
                .put("scope", configuration.scope())
                .putIf("name", definition.display().stream().findFirst().map(display -> display.name()))
                .build();
    }
}
