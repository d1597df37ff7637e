package dev.intaglio.cli;

import dev.intaglio.protocol.http.Form;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/// Somebody with a browser: follows redirects, keeps cookies, signs in where a page asks for a password, and agrees where a
/// page asks for consent. It goes by what forms mean, not by how our pages are written.
final class DemoUser implements Consumer<URI> {
    private static final int PATIENCE = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern AGREE = Pattern.compile("(?i)approve|allow|accept|agree|consent|grant|yes");
    private static final Pattern REFUSE = Pattern.compile("(?i)deny|cancel|decline|reject|refuse|abort|\\bno\\b");

    private final HttpClient http;
    private final String name;
    private final String password;
    private final Consumer<String> story;

    /// @param browser without cookies of its own, and not following redirects
    /// @param story is told each step
    DemoUser(HttpClient.Builder browser, String name, String password, Consumer<String> story) {
        http = browser.cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.name = name;
        this.password = password;
        this.story = story;
    }

    private record Page(URI address, HttpResponse<String> response) {
        Optional<URI> redirect() {
            return response.statusCode() / 100 == 3
                    ? response.headers().firstValue("Location").map(address::resolve)
                    : Optional.empty();
        }
    }

    /// Goes to an address and on from there, until a page asks for nothing more.
    @Override
    public void accept(URI address) {
        var page = get(address);
        for (var step = 0; step < PATIENCE; step++) {
            var onwards = page.redirect();
            if (onwards.isPresent()) {
                page = follow(onwards.get());
                continue;
            }
            var form = form(page);
            if (form.isEmpty()) {
                requireEnd(page);
                return;
            }
            page = submit(page, form.get());
        }
        throw fault(
                "the pages go round in circles, at last at " + page.address().getPath());
    }

    private Page follow(URI address) {
        if (address.getPath().equals(LoopbackRedirect.PATH)) {
            var answer = Form.read(String.valueOf(address.getRawQuery()));
            story.accept("back to " + address.getRawAuthority() + address.getPath() + " with "
                    + answer.value("error").orElse("a code"));
        }
        return get(address);
    }

    private static void requireEnd(Page page) {
        if (page.response().statusCode() != 200 || !page.address().getPath().equals(LoopbackRedirect.PATH)) {
            throw fault("the issuer shows a page that leads nowhere: "
                    + page.response().statusCode() + ", "
                    + Jsoup.parse(page.response().body()).title());
        }
    }

    /// The form to fill in: the one that asks for a password, else one that can be agreed to.
    private static Optional<FormElement> form(Page page) {
        var forms =
                Jsoup.parse(page.response().body(), page.address().toString()).forms();
        return forms.stream()
                .filter(form -> input(form, "password").isPresent())
                .findFirst()
                .or(() -> forms.stream()
                        .filter(form -> agreeing(form).isPresent())
                        .findFirst());
    }

    private Page submit(Page page, FormElement form) {
        var passwordField = input(form, "password");
        if (passwordField.isPresent()) {
            story.accept("sign-in page: the user enters name and password");
            input(form, "text")
                    .or(() -> input(form, "email"))
                    .orElseThrow(() -> fault("the sign-in page has no field for a name"))
                    .val(name);
            passwordField.get().val(password);
        } else {
            story.accept("consent page: the user agrees");
        }
        var button = agreeing(form).or(() -> neutral(form)).orElseThrow(() -> fault("a form has no button"));
        var filled = Form.empty();
        for (var field : form.formData()) {
            filled = filled.with(field.key(), field.value());
        }
        if (!button.attr("name").isEmpty()) {
            filled = filled.with(button.attr("name"), button.val());
        }
        var action = form.attr("abs:action");
        return send(HttpRequest.newBuilder(action.isEmpty() ? page.address() : URI.create(action))
                .header("Content-Type", Form.MEDIA_TYPE)
                .header("Origin", origin(page.address()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(filled.bytes())));
    }

    private static Optional<Element> input(FormElement form, String type) {
        return form.elements().stream()
                .filter(element -> element.normalName().equals("input"))
                .filter(element -> type.equalsIgnoreCase(element.attr("type"))
                        || (type.equals("text") && !element.hasAttr("type")))
                .findFirst();
    }

    private static Optional<Element> agreeing(FormElement form) {
        return buttons(form).stream()
                .filter(button -> AGREE.matcher(said(button)).find() && !refusing(button))
                .findFirst();
    }

    private static Optional<Element> neutral(FormElement form) {
        return buttons(form).stream().filter(button -> !refusing(button)).findFirst();
    }

    private static List<Element> buttons(FormElement form) {
        return form.elements().stream()
                .filter(element -> element.normalName().equals("button")
                        ? !element.attr("type").equalsIgnoreCase("button")
                        : element.attr("type").equalsIgnoreCase("submit"))
                .toList();
    }

    private static boolean refusing(Element button) {
        return REFUSE.matcher(said(button)).find();
    }

    private static String said(Element button) {
        return button.attr("name") + "=" + button.val();
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private Page get(URI address) {
        return send(HttpRequest.newBuilder(address).GET());
    }

    private Page send(HttpRequest.Builder building) {
        var request = building.header("Accept", "text/html").timeout(TIMEOUT).build();
        try {
            return new Page(
                    request.uri(), http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException unreachable) {
            throw new CommandFailure(
                    "the user's browser gets no answer from " + origin(request.uri()) + ": " + unreachable,
                    "INTAGLIO_TRACE=1 shows where.",
                    unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("stopped", "Begin again.", stopped);
        }
    }

    private static CommandFailure fault(String message) {
        return new CommandFailure(message, "This is a fault in intaglio; INTAGLIO_TRACE=1 shows where.");
    }
}
