package dev.intaglio.server.page;

import dev.intaglio.protocol.http.Response;
import dev.intaglio.spring.AssembledIssuer;
import dev.intaglio.spring.RequestIds;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/// Pages for where there is no controller: at the doors of the protocol.
public final class RenderedPages {
    private final ITemplateEngine templates;
    private final AssembledIssuer issuer;

    public RenderedPages(ITemplateEngine templates, AssembledIssuer issuer) {
        this.templates = templates;
        this.issuer = issuer;
    }

    /// @param model what the template needs besides what every page does
    public Response render(int status, String template, Map<String, Object> model, Languages languages) {
        var pages = IssuerPages.of(issuer);
        var known = pages.orUsual(languages);
        Map<String, Object> all = new LinkedHashMap<>(model);
        all.put("base", issuer.identifier().basePath());
        all.put("issuerName", pages.issuerName(known));
        all.put("issuerLogo", pages.issuerLogo(known));
        all.put("requestId", RequestIds.current().orElse(""));
        var html = templates.process(template, new Context(known.ofPages(), all));
        var response = Response.text(status, "text/html;charset=UTF-8", html).noStore();
        for (var header : PageHeaders.of(issuer).all().entrySet()) {
            response = response.with(header.getKey(), header.getValue());
        }
        return response;
    }
}
