package dev.intaglio.server.login;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.server.page.Languages;
import dev.intaglio.server.page.RenderedPages;
import dev.intaglio.server.page.UiLocales;
import dev.intaglio.spring.AuthorizationPages;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.MediaType;

/// The authorization endpoint for browsers: gives them the cookie of their visit when they are sent to the sign-in page, and
/// says in a page what may not be told to the wallet. Programs, which do not ask for HTML, get the standard's JSON.
final class AuthorizationBrowser implements AuthorizationPages {
    private final SignInAddress address;
    private final VisitCookies cookies;
    private final Supplier<RenderedPages> pages;

    AuthorizationBrowser(SignInAddress address, VisitCookies cookies, Supplier<RenderedPages> pages) {
        this.address = address;
        this.cookies = cookies;
        this.pages = pages;
    }

    @Override
    public Handler around(Handler authorizationEndpoint) {
        return request -> {
            var answer = authorizationEndpoint.handle(request);
            if (answer.status() >= 400) {
                return wantsPage(request) ? page(request, answer) : answer;
            }
            return answer.header("Location")
                    .flatMap(address::interaction)
                    .map(interaction -> begin(request, answer, interaction))
                    .orElse(answer);
        };
    }

    private Response begin(Request request, Response answer, String interaction) {
        var response = answer;
        var present = VisitCookies.read(request.headers().all("Cookie")).keySet();
        for (var cookie : cookies.begin(interaction, present)) {
            response = response.and("Set-Cookie", cookie);
        }
        var languages = uiLocales(request).flatMap(asked -> UiLocales.cookie(asked, address.path()));
        if (languages.isPresent()) {
            response = response.and("Set-Cookie", languages.get());
        }
        return response;
    }

    private static Optional<String> uiLocales(Request request) {
        return Optional.ofNullable(request.uri().getRawQuery())
                .flatMap(query -> Form.read(query).value("ui_locales"));
    }

    /// Whether HTML is named, as browsers do; `*/*` alone is a program's.
    private static boolean wantsPage(Request request) {
        return request.headers().all("Accept").stream()
                .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_HTML_VALUE));
    }

    private Response page(Request request, Response answer) {
        var code = code(answer, "error");
        var trouble = switch (code) {
            case "invalid_client" -> Trouble.UNKNOWN_WALLET;
            case "invalid_request_uri" -> Trouble.STALE_LINK;
            default -> answer.status() >= 500 ? Trouble.FAULT : Trouble.WRONG_REQUEST;
        };
        var page = pages.get()
                .render(
                        answer.status(),
                        "refused",
                        Map.of("trouble", trouble.key(), "code", code, "detail", code(answer, "error_description")),
                        Languages.of(
                                uiLocales(request).orElse(null),
                                request.header("Accept-Language").orElse(null)));
        return answer.header("Allow").map(allow -> page.with("Allow", allow)).orElse(page);
    }

    private static String code(Response answer, String member) {
        try {
            return answer.bodyObject().optionalString(member).orElse("");
        } catch (JsonException none) {
            return "";
        }
    }
}
