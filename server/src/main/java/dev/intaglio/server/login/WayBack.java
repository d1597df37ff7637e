package dev.intaglio.server.login;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/// How a browser gets from our form to the wallet. Browsers hold a form to `form-action` on every hop that follows it. An
/// app or a listener on the device is one hop, which the policy can name, and a redirect opens an app more surely than a page
/// can. What a web site does next nobody knows (it may open an app in turn), so there the form ends on a page of ours that
/// goes on by itself.
record WayBack(URI redirectUri) {
    /// What the policy of the form's page must allow besides ourselves.
    List<String> formTargets() {
        if (!direct()) {
            return List.of();
        }
        var scheme = scheme();
        return List.of(scheme.equals("http") ? scheme + "://" + redirectUri.getRawAuthority() : scheme + ":");
    }

    /// Whether a redirect leads there; otherwise a page does.
    boolean direct() {
        // A policy cannot name an IPv6 address (CSP 3, section 2.3.1).
        return !scheme().equals("https")
                && !String.valueOf(redirectUri.getRawAuthority()).startsWith("[");
    }

    private String scheme() {
        return redirectUri.getScheme().toLowerCase(Locale.ROOT);
    }
}
