package dev.intaglio.server.login;

import dev.intaglio.authorization.interaction.Decision;
import dev.intaglio.authorization.interaction.Interaction;
import dev.intaglio.server.page.Languages;
import dev.intaglio.server.page.PageHeaders;
import dev.intaglio.server.tenant.ServesTenants;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
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
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/// Leads a person from the wallet's request to its answer: who are you, do you agree? Each step needs the visit's cookie, and
/// each form the visit's token.
@Controller
@RequestMapping(SignInAddress.PATH)
@ServesTenants
class LoginController {
    private static final Logger LOG = LoggerFactory.getLogger(LoginController.class);

    private final Logins logins;

    LoginController(Logins logins) {
        this.logins = logins;
    }

    private Login login(HttpServletRequest request) {
        return logins.of(request).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /// The page for the step the visit has come to.
    @GetMapping("/{id}")
    ModelAndView show(
            @PathVariable String id,
            @ModelAttribute("languages") Languages languages,
            HttpServletRequest request,
            HttpServletResponse response) {
        var login = login(request);
        var visit = visit(login, id, request);
        var interaction = interaction(login, id);
        return visit.stage() instanceof Visit.Stage.Consenting(var person)
                ? consent(login, visit, interaction, person, languages, response)
                : signIn(login, visit, interaction, "", "", languages, response);
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
        var login = login(request);
        var visit = visit(login, id, token, request);
        var interaction = interaction(login, id);
        var remote = String.valueOf(request.getRemoteAddr());
        var wait = login.wrongPasswords().count(name, remote);
        if (wait.isPresent()) {
            LOG.warn("Too many wrong passwords for one user name or from one address; no more are tried for a while");
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(wait.get().toSeconds() + 1));
            response.setStatus(429);
            return signIn(login, visit, interaction, "tries", name, languages, response)
                    .addObject("minutes", minutes(wait.get()));
        }
        var person = login.accounts().check(name.strip(), password);
        if (person.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return signIn(login, visit, interaction, "wrong", name, languages, response);
        }
        login.wrongPasswords().right(name, remote);
        return signedIn(login, visit, person.get(), response);
    }

    @GetMapping("/{id}/provider/{registration}")
    ModelAndView toProvider(
            @PathVariable String id,
            @PathVariable String registration,
            @ModelAttribute("languages") Languages languages,
            HttpServletRequest request,
            HttpServletResponse response) {
        var login = login(request);
        var visit = visit(login, id, request);
        var interaction = interaction(login, id);
        var at = new Visit.Stage.AtProvider(
                registration,
                login.cookies().unguessable(),
                login.cookies().unguessable(),
                login.cookies().unguessable());
        try {
            var where = providers(login).begin(at);
            remember(login, visit.next(at, login.cookies().unguessable()), response);
            return goTo(where, response);
        } catch (ProviderSignIn.NotSignedIn failure) {
            ProviderSignIn.log(registration, failure);
            response.setStatus(HttpServletResponse.SC_BAD_GATEWAY);
            return signIn(login, visit, interaction, "provider", "", languages, response);
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
        var login = login(request);
        var visit = login.cookies()
                .findByState(state, cookies(request))
                .orElseThrow(() -> new Trouble.Stop(Trouble.ELSEWHERE));
        var interaction = interaction(login, visit.interaction());
        if (!(visit.stage() instanceof Visit.Stage.AtProvider at)
                || !at.registration().equals(registration)) {
            throw new Trouble.Stop(Trouble.ELSEWHERE);
        }
        try {
            if (code.isEmpty()) {
                throw new ProviderSignIn.NotSignedIn("it was given up there");
            }
            return signedIn(login, visit, providers(login).finish(at, code), response);
        } catch (ProviderSignIn.NotSignedIn failure) {
            ProviderSignIn.log(registration, failure);
            var again = visit.next(new Visit.Stage.SigningIn(), login.cookies().unguessable());
            remember(login, again, response);
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            return signIn(login, again, interaction, "provider", "", languages, response);
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
        var login = login(request);
        var visit = visit(login, id, token, request);
        return switch (decision) {
            case "cancel" -> complete(login, visit, new Decision.Denied(), response);
            case "allow" ->
                visit.stage() instanceof Visit.Stage.Consenting(var person)
                        ? complete(login, visit, new Decision.Approved(person.subject(), person.claims()), response)
                        : stop(Trouble.OLD_FORM);
            case "other" -> {
                remember(
                        login,
                        visit.next(new Visit.Stage.SigningIn(), login.cookies().unguessable()),
                        response);
                yield goTo(login.address().of(id), response);
            }
            default -> stop(Trouble.OLD_FORM);
        };
    }

    @ExceptionHandler(Trouble.Stop.class)
    ResponseEntity<byte[]> refuse(Trouble.Stop stop, HttpServletRequest request) {
        var page = login(request)
                .rendered()
                .render(
                        HttpServletResponse.SC_BAD_REQUEST,
                        "refused",
                        Map.of("trouble", stop.trouble().key(), "code", "invalid_request", "detail", ""),
                        login(request).pages().languages(request));
        // Its other headers are there already.
        return ResponseEntity.status(page.status())
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .cacheControl(CacheControl.noStore())
                .body(page.body());
    }

    private ModelAndView complete(Login login, Visit visit, Decision decision, HttpServletResponse response) {
        var where = login.authorization()
                .complete(visit.interaction(), decision)
                .orElseThrow(() -> new Trouble.Stop(Trouble.OVER));
        remember(login, visit.next(new Visit.Stage.Answered(), login.cookies().unguessable()), response);
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
            Login login,
            Visit visit,
            Interaction interaction,
            String problem,
            String name,
            Languages languages,
            HttpServletResponse response) {
        return page(login, "sign-in", visit, interaction, languages, response)
                .addObject("problem", problem)
                .addObject("name", name)
                .addObject("passwords", login.accounts().any())
                .addObject(
                        "providers",
                        login.providers().map(ProviderSignIn::providers).orElse(List.of()));
    }

    private ModelAndView consent(
            Login login,
            Visit visit,
            Interaction interaction,
            Person person,
            Languages languages,
            HttpServletResponse response) {
        return page(login, "consent", visit, interaction, languages, response)
                .addObject("person", person.name())
                .addObject("offered", interaction.issuerState().isPresent());
    }

    private ModelAndView page(
            Login login,
            String template,
            Visit visit,
            Interaction interaction,
            Languages languages,
            HttpServletResponse response) {
        PageHeaders.interactive(response, new WayBack(URI.create(interaction.redirectUri())).formTargets());
        var ids = interaction.configurationIds().stream().sorted().toList();
        return new ModelAndView(template)
                .addObject("here", login.address().of(visit.interaction()).getRawPath())
                .addObject("token", visit.formToken())
                .addObject("asker", Asker.of(interaction, login.clients().find(interaction.clientId())))
                .addObject("cards", login.pages().cards(ids, languages));
    }

    private ModelAndView signedIn(Login login, Visit visit, Person person, HttpServletResponse response) {
        remember(
                login,
                visit.next(new Visit.Stage.Consenting(person), login.cookies().unguessable()),
                response);
        return goTo(login.address().of(visit.interaction()), response);
    }

    private void remember(Login login, Visit visit, HttpServletResponse response) {
        response.addHeader(HttpHeaders.SET_COOKIE, login.cookies().write(visit));
    }

    /// 303, so that no browser repeats a password somewhere else (RFC 9700, section 4.12).
    private static ModelAndView goTo(URI where, HttpServletResponse response) {
        PageHeaders.interactive(response, List.of());
        return new ModelAndView((View) (model, request, answer) -> {
            answer.setStatus(HttpServletResponse.SC_SEE_OTHER);
            answer.setHeader(HttpHeaders.LOCATION, where.toString());
        });
    }

    private Visit visit(Login login, String id, HttpServletRequest request) {
        var visit = login.cookies().find(id, cookies(request)).orElseThrow(() -> new Trouble.Stop(Trouble.ELSEWHERE));
        if (visit.stage() instanceof Visit.Stage.Answered) {
            throw new Trouble.Stop(Trouble.ANSWERED);
        }
        return visit;
    }

    private Visit visit(Login login, String id, String token, HttpServletRequest request) {
        var visit = visit(login, id, request);
        if (!MessageDigest.isEqual(bytes(visit.formToken()), bytes(token))) {
            throw new Trouble.Stop(Trouble.OLD_FORM);
        }
        return visit;
    }

    private Interaction interaction(Login login, String id) {
        return login.authorization().interaction(id).orElseThrow(() -> new Trouble.Stop(Trouble.OVER));
    }

    private ProviderSignIn providers(Login login) throws ProviderSignIn.NotSignedIn {
        return login.providers().orElseThrow(() -> new ProviderSignIn.NotSignedIn("no provider is configured"));
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
