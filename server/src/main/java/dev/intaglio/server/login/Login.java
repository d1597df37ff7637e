package dev.intaglio.server.login;

import dev.intaglio.authorization.AuthorizationServer;
import dev.intaglio.authorization.client.RegisteredClients;
import dev.intaglio.server.page.IssuerPages;
import dev.intaglio.server.page.RenderedPages;
import dev.intaglio.spring.AssembledIssuer;
import java.util.Optional;

/// How people sign in at one issuer: its accounts, its keys for cookies, its counts of wrong passwords.
record Login(
        AuthorizationServer authorization,
        RegisteredClients clients,
        UserAccounts accounts,
        WrongPasswords wrongPasswords,
        Optional<ProviderSignIn> providers,
        SignInAddress address,
        VisitCookies cookies,
        IssuerPages pages,
        RenderedPages rendered) {
    static Login of(
            AssembledIssuer issuer,
            UserAccounts accounts,
            WrongPasswords wrongPasswords,
            Optional<ProviderSignIn> providers,
            SignInAddress address,
            VisitCookies cookies,
            RenderedPages rendered) {
        return new Login(
                issuer.authorization(),
                issuer.clients(),
                accounts,
                wrongPasswords,
                providers,
                address,
                cookies,
                IssuerPages.of(issuer),
                rendered);
    }
}
