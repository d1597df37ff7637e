package dev.intaglio.cli;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.keys.Pem;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.ResolvedOffer;
import dev.intaglio.wallet.Wallet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The demonstration by authorization code: a user with a password of their own, a wallet that is registered or, under HAIP,
/// attested by a provider that the server trusts.
final class DemoSignIn implements DemoFlow {
    private static final String CLIENT = "intaglio-demo-wallet";
    private static final URI PROVIDER = URI.create("https://wallet-provider.example");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final boolean highAssurance;
    private final String subject;
    private final String password;
    private final DevelopmentCa providers;
    private final AttestingProvider provider;
    private final Consumer<String> story;

    DemoSignIn(boolean highAssurance, String subject, Clock clock, SecureRandom random, Consumer<String> story) {
        this.highAssurance = highAssurance;
        this.subject = subject;
        this.story = story;
        password = Unguessable.text(random, Unguessable.IDENTIFIER);
        providers = DevelopmentCa.create("Intaglio demo wallet providers", clock, random);
        provider = new AttestingProvider(
                providers.issue("Demo wallet provider", PROVIDER, JWSAlgorithm.ES256), CLIENT, clock);
    }

    @Override
    public Map<String, Object> settings(Path directory) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("intaglio.login.users[0].name", subject);
        settings.put("intaglio.login.users[0].password", "{noop}" + password);
        settings.put("intaglio.login.users[0].subject", subject);
        if (highAssurance) {
            settings.put("intaglio.profile", "haip");
            settings.put("intaglio.wallet-providers[0].certificates", certificates(directory));
            settings.put("intaglio.wallet-attestation.challenge-required", true);
        } else {
            settings.put("intaglio.clients[0].client-id", CLIENT);
            settings.put("intaglio.clients[0].redirect-uris[0]", "http://127.0.0.1" + LoopbackRedirect.PATH);
        }
        return settings;
    }

    private Path certificates(Path directory) {
        var file = directory.resolve("wallet-providers.pem");
        try {
            return Files.writeString(file, Pem.write(List.of(providers.anchor())));
        } catch (IOException unwritable) {
            throw new CommandFailure(
                    "cannot write " + file + ": " + unwritable,
                    "Is there room in the temporary directory?",
                    unwritable);
        }
    }

    @Override
    public AdminClient.Wanted offer(String about, Optional<Duration> validFor) {
        return new AdminClient.Wanted(Optional.of(about), "authorization_code", false, false, validFor);
    }

    @Override
    public String apart(MadeOffer offer) {
        return "to be taken by signing in as " + subject + ", password " + password;
    }

    /// Under HAIP the provider that the server trusts ends with this process's wallet, and with it this command.
    @Override
    public Optional<String> receiving() {
        return highAssurance ? Optional.empty() : Optional.of(" --client-id " + CLIENT);
    }

    @Override
    public Wallet.Builder wallet(Wallet.Builder wallet) {
        return highAssurance ? wallet.highAssurance().attestations(provider) : wallet.clientId(CLIENT);
    }

    @Override
    public Outcome take(Wallet wallet, ResolvedOffer resolved, MadeOffer offer, HttpClient.Builder browser) {
        var user = new DemoUser(browser, subject, password, step -> story.accept("     browser  " + step));
        return new SignIn(wallet, address -> {}, address -> {
                    story.accept("     browser  opens " + address.getPath());
                    user.accept(address);
                })
                .take(resolved, PATIENCE);
    }
}
