package dev.intaglio.server.login;

import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.server.page.RenderedPages;
import dev.intaglio.spring.AssembledIssuer;
import dev.intaglio.spring.IssuerAtHand;
import dev.intaglio.spring.IssuerParts;
import dev.intaglio.spring.TenantIssuers;
import dev.intaglio.spring.TenantSignIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.thymeleaf.ITemplateEngine;

/// The sign-in of each issuer: of the main one by the application's settings, of a tenant by its own. OpenID Providers are
/// the main issuer's alone.
final class Logins implements TenantSignIn {
    private final ObjectProvider<IssuerAtHand> issuers;
    private final ObjectProvider<TenantIssuers> tenants;
    private final ITemplateEngine templates;
    private final Supplier<Optional<Login>> main;

    /// @param main empty if there is no way to sign in at the main issuer
    Logins(
            ObjectProvider<IssuerAtHand> issuers,
            ObjectProvider<TenantIssuers> tenants,
            ITemplateEngine templates,
            Supplier<Optional<Login>> main) {
        this.issuers = issuers;
        this.tenants = tenants;
        this.templates = templates;
        this.main = main;
    }

    /// @return empty if nobody can sign in there
    Optional<Login> of(HttpServletRequest request) {
        var issuer = issuers.getObject().of(request);
        if (issuer.tenant().isEmpty()) {
            return main.get();
        }
        return ways(issuer.parts()).any() ? Optional.of(issuer.keep(Login.class, this::login)) : Optional.empty();
    }

    @Override
    public Optional<Asking> of(IssuerParts tenant) {
        var ways = ways(tenant);
        if (ways.autoApprove().isPresent()) {
            return Optional.of(new Asking(
                    new UserInteraction.AutoApproval(ways.autoApprove().get()), Optional.empty()));
        }
        if (!ways.any()) {
            return Optional.empty();
        }
        // Made here too, so that a wrong setting is told to who makes it.
        accounts(tenant, ways);
        var address = new SignInAddress(tenant.identifier());
        var cookies = new VisitCookies(tenant.identifier(), tenant.nonceKey(), tenant.clock());
        return Optional.of(new Asking(
                new UserInteraction.Pages(address::of),
                Optional.of(new AuthorizationBrowser(address, cookies, () -> rendered(tenant.tenant())))));
    }

    private RenderedPages rendered(String tenant) {
        return tenants.getObject().find(tenant).map(this::rendered).orElseThrow();
    }

    private RenderedPages rendered(AssembledIssuer issuer) {
        return issuer.keep(RenderedPages.class, kept -> new RenderedPages(templates, kept));
    }

    private Login login(AssembledIssuer issuer) {
        var parts = issuer.parts();
        var ways = ways(parts);
        return Login.of(
                issuer,
                accounts(parts, ways),
                new WrongPasswords(ways, parts.clock()),
                Optional.empty(),
                new SignInAddress(parts.identifier()),
                new VisitCookies(parts.identifier(), parts.nonceKey(), parts.clock()),
                new RenderedPages(templates, issuer));
    }

    private static LoginProperties ways(IssuerParts tenant) {
        return tenant.settings().of(LoginProperties.class);
    }

    private static UserAccounts accounts(IssuerParts tenant, LoginProperties ways) {
        return new UserAccounts(
                ways,
                SignInClaims.of(tenant.types()),
                tenant.identifier(),
                () -> tenant.stores().database().users());
    }
}
