package dev.intaglio.server.login;

import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.server.page.RenderedPages;
import dev.intaglio.spring.AssembledIssuer;
import dev.intaglio.spring.AuthorizationPages;
import dev.intaglio.spring.CredentialTypes;
import dev.intaglio.spring.IssuerAtHand;
import dev.intaglio.spring.IssuerIdentifier;
import dev.intaglio.spring.NonceKey;
import dev.intaglio.spring.TenantIssuers;
import dev.intaglio.storage.jdbc.JdbcStorage;
import dev.intaglio.storage.jdbc.user.Users;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.thymeleaf.ITemplateEngine;

/// Gives the authorization server somebody who asks the users, if there is a way to sign in.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LoginProperties.class)
class LoginConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(LoginConfiguration.class);

    /// @param accounts made here, so that a wrong setting stops the start
    @Bean
    @Conditional(LoginConfigured.InAnyWay.class)
    UserInteraction userInteraction(LoginProperties properties, SignInAddress address, UserAccounts accounts) {
        if (properties.autoApprove().isPresent()) {
            LOG.warn("intaglio.login.auto-approve is set: whoever asks gets credentials, and nobody is asked."
                    + " For tests only.");
            return new UserInteraction.AutoApproval(properties.autoApprove().get());
        }
        return new UserInteraction.Pages(address::of);
    }

    @Bean
    SignInAddress signInAddress(IssuerIdentifier issuer) {
        return new SignInAddress(issuer);
    }

    @Bean
    SignInClaims signInClaims(CredentialTypes types) {
        return SignInClaims.of(types);
    }

    @Bean
    UserAccounts userAccounts(
            LoginProperties properties,
            SignInClaims claims,
            IssuerIdentifier issuer,
            PasswordHashes hashes,
            ObjectProvider<Users> users) {
        return new UserAccounts(properties, claims, issuer, hashes, users::getObject);
    }

    @Bean
    PasswordHashes passwordHashes() {
        return new PasswordHashes();
    }

    @Bean
    Users users(JdbcStorage storage) {
        return storage.users();
    }

    @Bean
    VisitCookies visitCookies(IssuerIdentifier issuer, NonceKey key, Clock clock) {
        return new VisitCookies(issuer, key, clock);
    }

    @Bean
    WrongPasswords wrongPasswords(LoginProperties properties, Clock clock) {
        return new WrongPasswords(properties, clock);
    }

    @Bean
    @Conditional(LoginConfigured.InAnyWay.class)
    AuthorizationPages authorizationPages(
            SignInAddress address, VisitCookies cookies, ObjectProvider<RenderedPages> pages) {
        // When it is asked for: pages are of an issuer that is made with this.
        return new AuthorizationBrowser(address, cookies, pages::getObject);
    }

    @Bean
    Logins logins(
            ObjectProvider<IssuerAtHand> issuers,
            ObjectProvider<TenantIssuers> tenants,
            ITemplateEngine templates,
            PasswordHashes hashes,
            UserAccounts mainAccounts,
            ObjectProvider<Login> main) {
        return new Logins(
                issuers, tenants, templates, hashes, mainAccounts, () -> Optional.ofNullable(main.getIfAvailable()));
    }

    @Bean
    @Conditional(LoginConfigured.InAnyWay.class)
    Login login(
            AssembledIssuer issuer,
            LoginProperties properties,
            SignInClaims claims,
            UserAccounts accounts,
            WrongPasswords wrongPasswords,
            ObjectProvider<SpringsProviders> springs,
            SignInAddress address,
            VisitCookies cookies,
            RenderedPages rendered) {
        var more = springs.stream().flatMap(found -> found.all().stream()).toList();
        return Login.of(
                issuer,
                accounts,
                wrongPasswords,
                Logins.providers(properties, claims, address, more),
                address,
                cookies,
                rendered);
    }

    /// Apart, so that without providers no class of Spring Security's client is loaded.
    @Configuration(proxyBeanMethods = false)
    @Conditional(LoginConfigured.AtSpringsProviders.class)
    static class Providers {
        @Bean
        SpringsProviders springsProviders(
                OAuth2ClientProperties configured, ObjectProvider<ClientRegistrationRepository> registrations) {
            return new SpringsProviders(configured.getRegistration().entrySet().stream()
                    .map(registration -> new SignInProvider(
                            registration.getKey(),
                            Optional.ofNullable(registration.getValue().getClientName())
                                    .orElse(registration.getKey()),
                            () -> registrations.getObject().findByRegistrationId(registration.getKey())))
                    .toList());
        }
    }

    /// The OpenID Providers that Spring's properties name.
    record SpringsProviders(List<SignInProvider> all) {}
}
