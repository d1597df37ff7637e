package dev.intaglio.server.login;

import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.server.page.RenderedPages;
import dev.intaglio.spring.AssembledIssuer;
import dev.intaglio.spring.IssuerAtHand;
import dev.intaglio.spring.IssuerParts;
import dev.intaglio.spring.TenantIssuers;
import dev.intaglio.spring.TenantSignIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.thymeleaf.ITemplateEngine;

/// The sign-in of each issuer: of the main one by the application's settings, of a tenant by its own.
public final class Logins implements TenantSignIn {
    private final ObjectProvider<IssuerAtHand> issuers;
    private final ObjectProvider<TenantIssuers> tenants;
    private final ITemplateEngine templates;
    private final PasswordHashes hashes;
    private final UserAccounts mainAccounts;
    private final Supplier<Optional<Login>> main;

    /// @param main empty if there is no way to sign in at the main issuer
    Logins(
            ObjectProvider<IssuerAtHand> issuers,
            ObjectProvider<TenantIssuers> tenants,
            ITemplateEngine templates,
            PasswordHashes hashes,
            UserAccounts mainAccounts,
            Supplier<Optional<Login>> main) {
        this.issuers = issuers;
        this.tenants = tenants;
        this.templates = templates;
        this.hashes = hashes;
        this.mainAccounts = mainAccounts;
        this.main = main;
    }

    /// Those who sign in with a password at an issuer.
    public UserAccounts accounts(AssembledIssuer issuer) {
        return issuer.parts().main()
                ? mainAccounts
                : issuer.keep(UserAccounts.class, tenant -> accounts(tenant.parts(), ways(tenant.parts())));
    }

    /// @return empty if nobody can sign in there
    Optional<Login> of(HttpServletRequest request) {
        var issuer = issuers.getObject().of(request);
        if (issuer.tenant().isEmpty()) {
            return main.get();
        }
        return ways(issuer.parts()).somebody() ? Optional.of(issuer.keep(Login.class, this::login)) : Optional.empty();
    }

    @Override
    public Optional<Asking> of(IssuerParts tenant) {
        var ways = ways(tenant);
        if (ways.autoApprove().isPresent()) {
            return Optional.of(new Asking(
                    new UserInteraction.AutoApproval(ways.autoApprove().get()), Optional.empty()));
        }
        if (!ways.somebody()) {
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
        var address = new SignInAddress(parts.identifier());
        return Login.of(
                issuer,
                accounts(issuer),
                new WrongPasswords(ways, parts.clock()),
                providers(ways, SignInClaims.of(parts.types()), address, List.of()),
                address,
                new VisitCookies(parts.identifier(), parts.nonceKey(), parts.clock()),
                new RenderedPages(templates, issuer));
    }

    private static LoginProperties ways(IssuerParts tenant) {
        return tenant.settings().of(LoginProperties.class);
    }

    /// @param more than the properties name
    /// @return empty if there are none
    static Optional<ProviderSignIn> providers(
            LoginProperties ways, SignInClaims claims, SignInAddress address, List<SignInProvider> more) {
        var all = Stream.concat(ways.providers().entrySet().stream().map(SignInProvider::of), more.stream())
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(new ProviderSignIn(ways, claims, address, all));
    }

    private UserAccounts accounts(IssuerParts tenant, LoginProperties ways) {
        return new UserAccounts(
                ways,
                SignInClaims.of(tenant.types()),
                tenant.identifier(),
                hashes,
                () -> tenant.stores().database().users());
    }
}
