package dev.intaglio.server.login;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.authorization.interaction.Decision;
import dev.intaglio.authorization.interaction.Interaction;
import dev.intaglio.server.page.IssuerPages;
import dev.intaglio.server.page.Languages;
import dev.intaglio.server.page.PageHeaders;
import dev.intaglio.server.page.RenderedPages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Conditional;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/// Leads a person from the wallet's request to its answer: who are you, do you agree? Each step needs the visit's cookie, and
/// each form the visit's token.
@Controller
@RequestMapping(SignInAddress.PATH)
@Conditional(LoginConfigured.InAnyWay.class)
class LoginController {
    private static final Logger LOG = LoggerFactory.getLogger(LoginController.class);

    private final AuthorizationServer authorization;
    private final RegisteredClients clients;
    private final UserAccounts accounts;
    private final WrongPasswords wrongPasswords;
    private final Optional<ProviderSignIn> providers;
    private final SignInAddress address;
    private final VisitCookies cookies;
    private final IssuerPages pages;
    private final RenderedPages rendered;

    LoginController(
            AuthorizationServer authorization,
            RegisteredClients clients,
            UserAccounts accounts,
            WrongPasswords wrongPasswords,
            ObjectProvider<ProviderSignIn> providers,
            SignInAddress address,
            VisitCookies cookies,
            IssuerPages pages,
            RenderedPages rendered) {
        this.authorization = authorization;
        this.clients = clients;
        this.accounts = accounts;
        this.wrongPasswords = wrongPasswords;
        this.providers = Optional.ofNullable(providers.getIfAvailable());
        this.address = address;
        this.cookies = cookies;
        this.pages = pages;
        this.rendered = rendered;
    }

    /// The page for the step the visit has come to.
    @GetMapping("/{id}")
    ModelAndView show(
            @PathVariable String id,
            @ModelAttribute("languages") Languages languages,
            HttpServletRequest request,
            HttpServletResponse response) {
        var visit = visit(id, request);
        var interaction = interaction(id);
        return visit.stage() instanceof Visit.Stage.Consenting(var person)
                ? consent(visit, interaction, person, languages, response)
                : signIn(visit, interaction, "", "", languages, response);
    }

    @PostMapping("/{id}/password")
    ModelAndView password(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            @ModelAttribute("languages") Languages languages,
            HttpServletRequest request,
            HttpServletResponse response) {
        var visit = visit(id, token, request);
        var interaction = interaction(id);
        var remote = String.valueOf(request.getRemoteAddr());
        var wait = wrongPasswords.count(name, remote);
        if (wait.isPresent()) {
            LOG.warn("Too many wrong passwords for one user name or from one address; no more are tried for a while");
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(wait.get().toSeconds() + 1));
            response.setStatus(429);
            return signIn(visit, interaction, "tries", name, languages, response)
                    .addObject("minutes", minutes(wait.get()));
        }
        var person = accounts.check(name.strip(), password);
        if (person.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return signIn(visit, interaction, "wrong", name, languages, response);
        }
        wrongPasswords.right(name, remote);
        return signedIn(visit, person.get(), response);
    }

    @GetMapping("/{id}/provider/{registration}")
    ModelAndView toProvider(
            @PathVariable String id,
            @PathVariable String registration,
            @ModelAttribute("languages") Languages languages,
            HttpServletRequest request,
            HttpServletResponse response) {
        var visit = visit(id, request);
        var interaction = interaction(id);
        var at = new Visit.Stage.AtProvider(
                registration, cookies.unguessable(), cookies.unguessable(), cookies.unguessable());
        try {
            var where = providers().begin(at);
            remember(visit.next(at, cookies.unguessable()), response);
            return goTo(where, response);
        } catch (ProviderSignIn.NotSignedIn failure) {
            ProviderSignIn.log(registration, failure);
            response.setStatus(HttpServletResponse.SC_BAD_GATEWAY);
            return signIn(visit, interaction, "provider", "", languages, response);
        }
    }

    /// Where a provider sends the browser back to.
    @GetMapping("/oauth2/code/{registration}")
    ModelAndView fromProvider(
            @PathVariable String registration,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String code,
            @ModelAttribute("languages") Languages languages,
            HttpServletRequest request,
            HttpServletResponse response) {
        var visit = cookies.findByState(state, cookies(request)).orElseThrow(() -> new Trouble.Stop(Trouble.ELSEWHERE));
        var interaction = interaction(visit.interaction());
        if (!(visit.stage() instanceof Visit.Stage.AtProvider at)
                || !at.registration().equals(registration)) {
            throw new Trouble.Stop(Trouble.ELSEWHERE);
        }
        try {
            if (code.isEmpty()) {
                throw new ProviderSignIn.NotSignedIn("it was given up there");
            }
            return signedIn(visit, providers().finish(at, code), response);
        } catch (ProviderSignIn.NotSignedIn failure) {
            ProviderSignIn.log(registration, failure);
            var again = visit.next(new Visit.Stage.SigningIn(), cookies.unguessable());
            remember(again, response);
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return signIn(again, interaction, "provider", "", languages, response);
        }
    }

    /// @param decision `allow`, `cancel`, or `other` for somebody who wants to sign in as somebody else
    @PostMapping("/{id}/answer")
    ModelAndView answer(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String token,
            @RequestParam(defaultValue = "") String decision,
            HttpServletRequest request,
            HttpServletResponse response) {
        var visit = visit(id, token, request);
        return switch (decision) {
            case "cancel" -> complete(visit, new Decision.Denied(), response);
            case "allow" ->
                visit.stage() instanceof Visit.Stage.Consenting(var person)
                        ? complete(visit, new Decision.Approved(person.subject(), person.claims()), response)
                        : stop(Trouble.OLD_FORM);
            case "other" -> {
                remember(visit.next(new Visit.Stage.SigningIn(), cookies.unguessable()), response);
                yield goTo(address.of(id), response);
            }
            default -> stop(Trouble.OLD_FORM);
        };
    }

    @ExceptionHandler(Trouble.Stop.class)
    ResponseEntity<byte[]> refuse(Trouble.Stop stop, HttpServletRequest request) {
        var page = rendered.render(
                HttpServletResponse.SC_BAD_REQUEST,
                "refused",
                Map.of("trouble", stop.trouble().key(), "code", "invalid_request", "detail", ""),
                Languages.of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
        // Its other headers are there already.
        return ResponseEntity.status(page.status())
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .cacheControl(CacheControl.noStore())
                .body(page.body());
    }

    private ModelAndView complete(Visit visit, Decision decision, HttpServletResponse response) {
        var where =
                authorization.complete(visit.interaction(), decision).orElseThrow(() -> new Trouble.Stop(Trouble.OVER));
        remember(visit.next(new Visit.Stage.Answered(), cookies.unguessable()), response);
        if (new WayBack(where).direct()) {
            return goTo(where, response);
        }
        PageHeaders.interactive(response, List.of());
        response.setHeader("Refresh", "0; url=" + where);
        return new ModelAndView("returning")
                .addObject("where", where.toString())
                .addObject("host", String.valueOf(where.getHost()));
    }

    private ModelAndView signIn(
            Visit visit,
            Interaction interaction,
            String problem,
            String name,
            Languages languages,
            HttpServletResponse response) {
        return page("sign-in", visit, interaction, languages, response)
                .addObject("problem", problem)
                .addObject("name", name)
                .addObject("passwords", accounts.any())
                .addObject("providers", providers.map(ProviderSignIn::providers).orElse(List.of()));
    }

    private ModelAndView consent(
            Visit visit, Interaction interaction, Person person, Languages languages, HttpServletResponse response) {
        return page("consent", visit, interaction, languages, response)
                .addObject("person", person.name())
                .addObject("offered", interaction.issuerState().isPresent());
    }

    private ModelAndView page(
            String template, Visit visit, Interaction interaction, Languages languages, HttpServletResponse response) {
        PageHeaders.interactive(response, new WayBack(URI.create(interaction.redirectUri())).formTargets());
        var ids = interaction.configurationIds().stream().sorted().toList();
        return new ModelAndView(template)
                .addObject("here", address.of(visit.interaction()).getRawPath())
                .addObject("token", visit.formToken())
                .addObject("asker", Asker.of(interaction, clients.find(interaction.clientId())))
                .addObject("cards", pages.cards(ids, languages));
    }

    private ModelAndView signedIn(Visit visit, Person person, HttpServletResponse response) {
        remember(visit.next(new Visit.Stage.Consenting(person), cookies.unguessable()), response);
        return goTo(address.of(visit.interaction()), response);
    }

    private void remember(Visit visit, HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookies.write(visit));
    }

    /// 303, so that no browser repeats a password somewhere else (RFC 9700, section 4.12).
    private static ModelAndView goTo(URI where, HttpServletResponse response) {
        PageHeaders.interactive(response, List.of());
        return new ModelAndView((View) (model, request, answer) -> {
            answer.setStatus(HttpServletResponse.SC_SEE_OTHER);
            answer.setHeader(HttpHeaders.LOCATION, where.toString());
        });
    }

    private Visit visit(String id, HttpServletRequest request) {
        var visit = cookies.find(id, cookies(request)).orElseThrow(() -> new Trouble.Stop(Trouble.ELSEWHERE));
        if (visit.stage() instanceof Visit.Stage.Answered) {
            throw new Trouble.Stop(Trouble.ANSWERED);
        }
        return visit;
    }

    private Visit visit(String id, String token, HttpServletRequest request) {
        var visit = visit(id, request);
        if (!MessageDigest.isEqual(bytes(visit.formToken()), bytes(token))) {
            throw new Trouble.Stop(Trouble.OLD_FORM);
        }
        return visit;
    }

    private Interaction interaction(String id) {
        return authorization.interaction(id).orElseThrow(() -> new Trouble.Stop(Trouble.OVER));
    }

    private ProviderSignIn providers() throws ProviderSignIn.NotSignedIn {
        return providers.orElseThrow(() -> new ProviderSignIn.NotSignedIn("no provider is configured"));
    }

    private static Map<String, String> cookies(HttpServletRequest request) {
        return VisitCookies.read(Collections.list(request.getHeaders(HttpHeaders.COOKIE)));
    }

    private static ModelAndView stop(Trouble trouble) {
        throw new Trouble.Stop(trouble);
    }

    private static long minutes(Duration wait) {
        return wait.plus(Duration.ofSeconds(59)).toMinutes();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
