package dev.intaglio.server.page;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;

/// The `ui_locales` a wallet sent a person with, kept for the pages that follow. Nothing but languages, so nothing is secret.
public final class UiLocales {
    private static final String NAME = "intaglio-ui-locales";
    private static final Pattern TAGS = Pattern.compile("[A-Za-z0-9-]{1,35}( [A-Za-z0-9-]{1,35}){0,9}");

    private UiLocales() {}

    /// @param path of the pages
    /// @return the cookie, as `Set-Cookie` has it; empty if these are no language tags
    public static Optional<String> cookie(String uiLocales, String path) {
        return TAGS.matcher(uiLocales).matches()
                ? Optional.of(ResponseCookie.from(NAME, uiLocales.replace(' ', '.'))
                        .path(path)
                        .httpOnly(true)
                        .sameSite("Lax")
                        .build()
                        .toString())
                : Optional.empty();
    }

    static @Nullable String of(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (var cookie : cookies) {
                if (cookie.getName().equals(NAME)) {
                    return cookie.getValue().replace('.', ' ');
                }
            }
        }
        return null;
    }
}
