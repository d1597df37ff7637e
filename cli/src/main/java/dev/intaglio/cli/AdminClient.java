package dev.intaglio.cli;

import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/// Asks a server's admin interface for offers.
final class AdminClient {
    private final Handler transport;
    private final URI server;
    private final String token;
    private final String command;

    /// @param server where it listens
    /// @param command how the person calls us
    AdminClient(Handler transport, URI server, String token, String command) {
        this.transport = transport;
        this.server = server;
        this.token = token;
        this.command = command;
    }

    /// One kind of credential that the server has.
    record Configuration(String id, String definition, String format, Optional<String> name) {
        static Configuration read(JsonObject json) {
            return new Configuration(
                    json.string("id"), json.string("definition"), json.string("format"), json.optionalString("name"));
        }
    }

    /// Finds configurations by their own ids or by those of their definitions.
    ///
    /// @throws CommandFailure naming those there are
    List<Configuration> find(List<String> ids) {
        var known = configurations();
        return ids.stream().map(id -> find(id, known)).toList();
    }

    /// Finds the configuration of a definition in a format.
    ///
    /// @throws CommandFailure naming the formats there are
    Configuration find(String definition, String format) {
        var known = configurations();
        var inFormats = known.stream()
                .filter(one -> one.definition().equals(definition))
                .toList();
        return inFormats.stream()
                .filter(one -> one.format().equals(format))
                .findFirst()
                .orElseThrow(() -> inFormats.isEmpty()
                        ? unknown(definition, known)
                        : new CommandFailure(
                                "the server has " + definition + ", but not in the format " + format,
                                "It has it as:  "
                                        + String.join(
                                                ", ",
                                                inFormats.stream()
                                                        .map(Configuration::format)
                                                        .toList())));
    }

    /// Finds a configuration in a format: that of the definition if it has one, otherwise the first there is.
    ///
    /// @throws CommandFailure naming the formats there are
    Configuration inFormat(String format, String definition) {
        var known = configurations();
        var inFormat = known.stream().filter(one -> one.format().equals(format)).toList();
        return inFormat.stream()
                .filter(one -> one.definition().equals(definition))
                .findFirst()
                .or(() -> inFormat.stream().findFirst())
                .orElseThrow(() -> new CommandFailure(
                        "the server has nothing in the format " + format,
                        "It has:  "
                                + known.stream()
                                        .map(Configuration::format)
                                        .distinct()
                                        .collect(Collectors.joining(", "))));
    }

    private List<Configuration> configurations() {
        return send(Request.get(address("/admin/configurations"))).objects("configurations").stream()
                .map(json -> json.read(Configuration::read))
                .toList();
    }

    private Configuration find(String id, List<Configuration> known) {
        return known.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .or(() -> known.stream()
                        .filter(one -> one.definition().equals(id))
                        .findFirst())
                .orElseThrow(() -> unknown(id, known));
    }

    private static CommandFailure unknown(String id, List<Configuration> known) {
        return new CommandFailure(
                "the server has no credential " + id,
                "It has:  "
                        + String.join(
                                ", ",
                                known.stream()
                                        .map(Configuration::definition)
                                        .distinct()
                                        .toList()));
    }

    /// What an offer shall be like.
    ///
    /// @param subject empty for whoever signs in
    /// @param grant `pre-authorized_code`, `authorization_code` or `both`
    /// @param validFor empty for as long as the server usually takes
    /// @param claims what the credentials will say, by configuration or definition
    record Wanted(
            Optional<String> subject,
            String grant,
            boolean txCode,
            boolean singleUse,
            Optional<Duration> validFor,
            Optional<JsonObject> claims) {
        /// With the claims that the server's data source has.
        Wanted(Optional<String> subject, String grant, boolean txCode, boolean singleUse, Optional<Duration> validFor) {
            this(subject, grant, txCode, singleUse, validFor, Optional.empty());
        }

        /// Without the claims.
        @Override
        public String toString() {
            return "Wanted[" + grant + "]";
        }

        /// With a pre-authorized code and a transaction code.
        static Wanted with(String subject, Optional<Duration> validFor) {
            return new Wanted(Optional.of(subject), "pre-authorized_code", true, false, validFor);
        }
    }

    /// Has an offer made.
    MadeOffer offer(List<Configuration> configurations, Wanted wanted) {
        var order = JsonObject.builder()
                .putIf("subject", wanted.subject())
                .put("grant", wanted.grant())
                .put(
                        "configurations",
                        configurations.stream().map(Configuration::id).toList())
                .put("tx_code", wanted.txCode())
                .put("single_use", wanted.singleUse())
                .putIf("valid_for", wanted.validFor().map(Duration::toString))
                .putIf("claims", wanted.claims())
                .build();
        try {
            return send(Request.post(address("/admin/offers"), order)).read(MadeOffer::read);
        } catch (JsonException | DateTimeException unexpected) {
            throw new CommandFailure(
                    server + " answers otherwise than an Intaglio server of this version: " + unexpected.getMessage(),
                    "Is --server right? Try:  curl -i " + server,
                    unexpected);
        }
    }

    /// Which dialects the server understands, and who spoke them.
    JsonObject dialects() {
        return send(Request.get(address("/admin/dialects")));
    }

    /// Approves whatever waits for somebody's approval.
    void approveDeferred() {
        all("/admin/v1/deferred", "deferred").stream()
                .map(waiting -> waiting.string("id"))
                .forEach(handle ->
                        send(Request.post(address("/admin/deferred/" + handle + "/approve"), JsonObject.empty())));
    }

    /// Has the status of credentials changed, or counts those it would be.
    ///
    /// @param verb `revoke`, `suspend`, `reinstate` or `expire`
    JsonObject changeStatus(String verb, JsonObject order) {
        return send(Request.post(address("/admin/v1/status/" + verb), order));
    }

    /// Credentials that are selected, the latest first.
    ///
    /// @param order with `credentials` and `type`
    List<JsonObject> credentials(JsonObject order) {
        return parts("credentials", query -> Request.post(address("/admin/v1/status/find" + query), order));
    }

    /// What was done to statuses, the latest first.
    List<JsonObject> statusOperations() {
        return all("/admin/v1/status/operations", "operations");
    }

    /// A list to its end, however many parts it comes in.
    ///
    /// @param name of the member that holds it
    List<JsonObject> all(String path, String name) {
        return parts(name, query -> Request.get(address(path + query)));
    }

    private List<JsonObject> parts(String name, Function<String, Request> request) {
        var all = new ArrayList<JsonObject>();
        var query = "?limit=1000";
        while (true) {
            var part = send(request.apply(query));
            all.addAll(part.objects(name));
            var next = part.optionalString("next");
            if (next.isEmpty()) {
                return all;
            }
            query = "?limit=1000&after=" + URLEncoder.encode(next.get(), StandardCharsets.UTF_8);
        }
    }

    /// Takes an operation back whose undo window is open.
    void undo(String operation) {
        send(Request.post(address("/admin/v1/status/operations/" + operation + "/undo"), JsonObject.empty()));
    }

    /// What happened in an issuance.
    ///
    /// @param name as [dev.intaglio.issuer.recorder.TraceName] makes it
    JsonObject trace(String name) {
        return send(Request.get(address("/admin/traces/" + name)));
    }

    /// What the server answers, if it is what was asked for.
    ///
    /// @throws CommandFailure saying what it refuses
    JsonObject send(Request request) {
        var response = answer(request);
        try {
            return response.body().length == 0 ? JsonObject.empty() : response.bodyObject();
        } catch (JsonException malformed) {
            throw new CommandFailure(
                    "what answers at " + server + " is no Intaglio server",
                    "Is --server right? Try:  curl -i " + server,
                    malformed);
        }
    }

    /// As it was sent, whatever it is.
    ///
    /// @throws CommandFailure saying what the server refuses
    Response answer(Request request) {
        Response response;
        try {
            response = transport.handle(request.with("Authorization", "Bearer " + token)
                    .with("Accept", "application/json, application/x-ndjson;q=0.9"));
        } catch (UncheckedIOException unreachable) {
            if (unreachable.getCause() instanceof SSLException stranger) {
                throw new CommandFailure(
                        "there is no TLS with " + server + ": " + stranger.getMessage(),
                        "If its certificate is of an authority of your own, say which:  --tls-ca FILE   ("
                                + TlsServer.AUTHORITY + " in the data directory of a development server)",
                        unreachable);
            }
            throw new CommandFailure(
                    "no server answers at " + server,
                    "Start one:  " + command + " serve   or say where it is:  --server URL",
                    unreachable);
        }
        if (response.status() == 401) {
            throw new CommandFailure(
                    server + " does not take this admin token",
                    "The token is in the file admin-token of the server's data directory:  --data DIR   or   --token TOKEN");
        }
        if (!response.successful()) {
            throw new CommandFailure(
                    server + " refuses (" + response.status() + "): " + detail(response),
                    "For what may be asked:  " + command + about(request) + " --help");
        }
        return response;
    }

    /// By what the path of a request holds: the command that says what may be asked there.
    private static final Map<String, String> COMMANDS = Map.of(
            "/traces/", " trace",
            "/offers", " offer",
            "/configurations", " offer",
            "/v1/keys", " keys",
            "/v1/log", " log",
            "/v1/status/", " status",
            "/v1/changes", " changed",
            "/v1/erasures", " erase",
            "/tenants", " tenant");

    private static String about(Request request) {
        var path = String.valueOf(request.uri().getPath());
        return COMMANDS.entrySet().stream()
                .filter(command -> path.contains(command.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static String detail(Response response) {
        try {
            var problem = response.bodyObject();
            return problem.optionalString("detail")
                    .or(() -> problem.optionalString("error_description"))
                    .orElse("it does not say why");
        } catch (JsonException none) {
            return "it does not say why";
        }
    }

    URI address(String path) {
        var base = server.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
