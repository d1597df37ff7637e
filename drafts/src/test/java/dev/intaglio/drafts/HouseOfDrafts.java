package dev.intaglio.drafts;

import dev.intaglio.drafts.issuer.ServedDrafts;
import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.issuer.spi.DialectProvider.Settings;
import dev.intaglio.issuer.spi.DialectProvider.Surroundings;
import dev.intaglio.issuer.spi.Dialects;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.offer.CredentialOfferUri;
import dev.intaglio.testing.TestIssuer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A [TestIssuer] with drafts in front of it, joined as the server joins them.
final class HouseOfDrafts {
    private final TestIssuer issuer;
    private final Dialects dialects;
    private final Handler authorization;

    private HouseOfDrafts(TestIssuer issuer, Settings settings) {
        this.issuer = issuer;
        dialects = new ServedDrafts()
                .open(
                        settings,
                        new Surroundings(
                                issuer.credentialIssuer(),
                                Optional.of(issuer.authorizationServer().metadata()),
                                Duration.ofMinutes(10),
                                issuer.stores().dialectUses(),
                                issuer.stores().dialectTokens(),
                                use -> {},
                                issuer.clock(),
                                new SecureRandom()));
        authorization = dialects.around(issuer.authorizationServer().handler());
    }

    static HouseOfDrafts of(String accepted) {
        return of(accepted, UnaryOperator.identity());
    }

    static HouseOfDrafts of(String accepted, UnaryOperator<TestIssuer.Builder> options) {
        return new HouseOfDrafts(options.apply(TestIssuer.builder()).build(), new Settings(accepted, Map.of()));
    }

    static HouseOfDrafts until(String accepted, Draft draft, LocalDate day) {
        return new HouseOfDrafts(TestIssuer.create(), new Settings(accepted, Map.of(draft.label(), day)));
    }

    TestIssuer issuer() {
        return issuer;
    }

    Dialects dialects() {
        return dialects;
    }

    Handler handler() {
        return this::handle;
    }

    private Response handle(Request request) {
        var path = String.valueOf(request.uri().getRawPath());
        if (dialects.serves(path)) {
            return dialects.handler().handle(request);
        }
        return issuer.authorizationServer().serves(path)
                ? authorization.handle(request)
                : issuer.credentialIssuer().handler().handle(request);
    }

    URI identifier(Draft draft) {
        return URI.create(issuer.identifier() + "/" + draft.label());
    }

    /// The link of an offer for wallets of a draft.
    String link(Draft draft, CreatedOffer offer) {
        var path = offer.reference().getRawPath();
        return new CredentialOfferUri.ByReference(
                        URI.create(identifier(draft) + "/offers/" + path.substring(path.lastIndexOf('/') + 1)))
                .link();
    }
}
