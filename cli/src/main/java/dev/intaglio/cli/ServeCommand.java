package dev.intaglio.cli;

import dev.intaglio.cli.text.Tree;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `intaglio serve`: the issuer as a server.
@Command(
        name = "serve",
        description = {
            "Run the issuer until it is stopped.",
            "Without options it issues the credentials that come with it, about sample people, with development keys, for"
                    + " wallets on this machine. What has no option here is set in the file of --config."
        },
        sortOptions = false)
final class ServeCommand extends Subcommand {
    static final String DATA = "intaglio-data";

    @Option(names = "--port", paramLabel = "N", description = "Where to listen (8080); 0 for any free port.")
    private @Nullable Integer port;

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "The Credential Issuer Identifier: the https address by which wallets reach this server.")
    private @Nullable String issuer;

    @Option(
            names = "--tls",
            description = "Speak https with a development certificate; what clients have to trust is printed.")
    private boolean tls;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where keys, database and admin token are kept (" + DATA + ").")
    private @Nullable String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "A YAML file of settings; options given here go before it. In it, $${config-directory} is where it"
                            + " lies.")
    private @Nullable String config;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = "jdbc:postgresql://host/name instead of a file in the data directory.")
    private @Nullable String database;

    @Option(names = "--credentials", paramLabel = "DIR", description = "A directory of credential definitions.")
    private @Nullable String credentials;

    @Option(names = "--claims", paramLabel = "FILE", description = "A JSON file with the claims of each subject.")
    private @Nullable String claims;

    ServeCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    boolean run() {
        var server = Start.server(properties(), terminal().command());
        var closing = new Thread(server::close, "intaglio closes");
        Runtime.getRuntime().addShutdownHook(closing);
        try (server) {
            announce(server);
            new CountDownLatch(1).await();
            return true;
        } catch (InterruptedException stopped) {
            Runtime.getRuntime().removeShutdownHook(closing);
            return true;
        }
    }

    private void announce(RunningServer server) {
        var address = server.address().toString();
        var facts = new ArrayList<Tree>();
        facts.add(Tree.of("start page", address + "/"));
        facts.add(Tree.of("health", address + "/health"));
        if (tls) {
            facts.add(Tree.of("TLS authority", tlsAuthority() + "   (clients have to trust it)"));
        }
        facts.add(Tree.of("make an offer", offerCommand(address)));
        facts.add(Tree.of("stop", "Ctrl-C"));
        say(new Tree("Intaglio issues as " + server.issuer(), "", facts).render());
        result(JsonObject.builder()
                .put("address", address)
                .put("issuer", server.issuer().toString())
                .build());
    }

    /// What can be offered about whom is known only of what comes with us.
    private String offerCommand(String address) {
        var own = credentials != null || claims != null || config != null;
        return terminal().command()
                + (own ? " offer CREDENTIAL --subject ID" : " offer pid --subject erika")
                + (address.equals(ServerOptions.SERVER) ? "" : " --server " + address)
                + (data == null ? "" : " --data " + data)
                + (tls ? " --tls-ca " + tlsAuthority() : "");
    }

    private String tlsAuthority() {
        return (data == null ? DATA : data) + "/" + TlsServer.AUTHORITY;
    }

    /// Only what was said: everything else is for the configuration and its defaults.
    private Map<String, Object> properties() {
        var properties = new LinkedHashMap<String, Object>();
        put(properties, "server.port", port);
        put(properties, "intaglio.issuer", issuer);
        put(properties, "intaglio.tls.development", tls ? true : null);
        put(
                properties,
                "intaglio.data-directory",
                data == null ? null : terminal().path(data));
        put(properties, "intaglio.database.url", database);
        put(properties, "intaglio.credentials", existing("--credentials", credentials));
        put(properties, "intaglio.claims", existing("--claims", claims));
        var file = existing("--config", config);
        put(
                properties,
                "spring.config.additional-location",
                file == null ? null : file.toAbsolutePath().toUri());
        put(
                properties,
                "config-directory",
                file == null ? null : file.toAbsolutePath().getParent());
        return properties;
    }

    private static void put(Map<String, Object> properties, String name, @Nullable Object value) {
        if (value != null) {
            properties.put(name, value);
        }
    }

    private @Nullable Path existing(String option, @Nullable String typed) {
        if (typed == null) {
            return null;
        }
        var path = terminal().path(typed);
        if (!Files.exists(path)) {
            throw new CommandFailure(
                    "there is no " + typed,
                    "Look at " + option + ":  " + terminal().command() + " serve --help");
        }
        return path;
    }
}
