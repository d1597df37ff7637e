package dev.intaglio.server.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.oauth.AuthorizationResponse;
import dev.intaglio.protocol.oauth.Pkce;
import dev.intaglio.server.TestIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// A browser as far as the pages need one: it keeps cookies and fills in forms. And what a wallet opens in it.
public final class Browser {
    public static final String CLIENT = "wallet";
    public static final String REDIRECT = "https://wallet.example/cb";
    public static final String APP_REDIRECT = "com.example.wallet:/cb";
    public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    public static final String PASSWORD = "correct horse";

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    private final JdkTransport transport = JdkTransport.create();
    private final TestIssuer issuer;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String languages = "en";
    private String forwardedFor = "";

    public Browser(TestIssuer issuer) {
        this.issuer = issuer;
    }

    public Browser speaking(String acceptLanguage) {
        languages = acceptLanguage;
        return this;
    }

    /// Sends what a proxy would: somebody's address.
    public Browser forwardedFor(String address) {
        forwardedFor = address;
        return this;
    }

    /// A server with one public wallet and one user, Erika.
    public static TestIssuer issuer(Path data, String... more) {
        var properties = new ArrayList<>(List.of(
                "intaglio.clients[0].client-id", CLIENT,
                "intaglio.clients[0].name", "Nordwallet <2>",
                "intaglio.clients[0].redirect-uris[0]", REDIRECT,
                "intaglio.clients[0].redirect-uris[1]", APP_REDIRECT,
                "intaglio.clients[0].redirect-uris[2]", "http://127.0.0.1/cb",
                "intaglio.login.users[0].name", "erika.m",
                "intaglio.login.users[0].password", "{noop}" + PASSWORD,
                "intaglio.login.users[0].subject", "erika",
                "intaglio.login.users[0].display-name", "Erika Mustermann"));
        properties.addAll(List.of(more));
        return TestIssuer.start(data, properties.toArray(String[]::new));
    }

    public static Form asking(String redirectUri) {
        return Form.empty()
                .with("response_type", "code")
                .with("client_id", CLIENT)
                .with("redirect_uri", redirectUri)
                .with("scope", "eu.europa.ec.eudi.pid_vc_sd_jwt")
                .with("state", "s&t")
                .with("code_challenge", Pkce.challenge(VERIFIER))
                .with("code_challenge_method", Pkce.S256);
    }

    public Map<String, String> cookies() {
        return cookies;
    }

    public Response authorize(Form query) {
        return get(issuer.at("/authorize?" + query.encoded()));
    }

    /// Opens a wallet's request, and returns the address of the page it leads to.
    public URI begin(Form query) {
        return location(authorize(query));
    }

    public URI begin() {
        return begin(asking(REDIRECT));
    }

    public Response get(URI address) {
        return send(Request.get(address));
    }

    /// Fills in the form of a page and sends it.
    public Response submit(Response page, URI address, Form form) {
        return post(address, form.with("token", token(page)));
    }

    public Response post(URI address, Form form) {
        return send(Request.post(address, form));
    }

    public Response signIn(URI page, String name, String password) {
        return submit(
                get(page),
                URI.create(page + "/password"),
                Form.empty().with("name", name).with("password", password));
    }

    /// Opens a wallet's request and signs Erika in.
    public URI signedIn(Form query) {
        var page = begin(query);
        assertThat(location(signIn(page, "erika.m", PASSWORD))).isEqualTo(page);
        return page;
    }

    public Response answer(URI page, String decision) {
        return submit(get(page), URI.create(page + "/answer"), Form.empty().with("decision", decision));
    }

    public static String token(Response page) {
        var found = TOKEN.matcher(page.bodyText());
        assertThat(found.find()).as(page.bodyText()).isTrue();
        return found.group(1);
    }

    public static URI location(Response response) {
        assertThat(response.status()).as(response.bodyText()).isEqualTo(303);
        return URI.create(response.header("Location").orElseThrow());
    }

    /// What the browser brings back to the wallet, by a redirect or by a page that goes on.
    public static AuthorizationResponse brought(Response response) {
        var where = response.header("Location")
                .or(() -> response.header("Refresh").map(refresh -> {
                    assertThat(refresh).startsWith("0; url=");
                    return refresh.substring("0; url=".length());
                }));
        return AuthorizationResponse.read(
                Form.read(URI.create(where.orElseThrow()).getRawQuery()));
    }

    private Response send(Request request) {
        var sent = request.with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .with("Accept-Language", languages);
        if (!cookies.isEmpty()) {
            var pairs = new ArrayList<String>();
            cookies.forEach((name, value) -> pairs.add(name + "=" + value));
            sent = sent.with("Cookie", String.join("; ", pairs));
        }
        if (!forwardedFor.isEmpty()) {
            sent = sent.with("X-Forwarded-For", forwardedFor);
        }
        var response = transport.handle(sent);
        for (var cookie : response.headers().all("Set-Cookie")) {
            var pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            if (cookie.contains("Max-Age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
        return response;
    }
}
