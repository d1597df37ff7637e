package dev.intaglio.issuer.status;

import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Preferences;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Serves status lists (Token Status List §8, Bitstring Status List §3) from memory, to anybody.
public final class StatusListEndpoint {
    private final StatusAddresses addresses;
    private final ServedLists served;
    private final Runnable catchUp;
    private final Optional<StatusLists> history;

    /// @param catchUp takes up what was published a moment ago
    /// @param history where earlier lists are; empty if they are not to be had
    StatusListEndpoint(StatusAddresses addresses, ServedLists served, Runnable catchUp, Optional<StatusLists> history) {
        this.addresses = addresses;
        this.served = served;
        this.catchUp = catchUp;
        this.history = history;
    }

    /// Status List Tokens, as JWT to whoever does not rather have the CWT.
    public Handler tokens() {
        return request -> {
            var listId = lastSegment(request);
            var form = form(request);
            var time = parameter(request, "time");
            return time.isPresent()
                    ? earlier(listId, form.name(), seconds(time.get()))
                    : current(request, listId, form.name());
        };
    }

    /// Status list credentials. Which form one has is said by its address, so that whoever asks without preference gets what
    /// the credential that names it leads to expect.
    public Handler credentials() {
        return request -> {
            var name = lastSegment(request);
            var dash = name.indexOf('-');
            if (dash < 0) {
                return unknown();
            }
            var time = parameter(request, "timestamp");
            var listId = name.substring(0, dash);
            var resource = name.substring(dash + 1);
            return time.isPresent()
                    ? earlier(listId, resource, moment(time.get()))
                    : current(request, listId, resource);
        };
    }

    /// Identifier lists.
    public Handler identifiers() {
        return request -> {
            var time = parameter(request, "time");
            var resource = StatusResource.Identifiers.IDENTIFIERS.name();
            return time.isPresent()
                    ? earlier(lastSegment(request), resource, seconds(time.get()))
                    : current(request, lastSegment(request), resource);
        };
    }

    /// Where all the tokens are (Token Status List §9).
    public Handler aggregation() {
        return request -> Response.json(
                        200,
                        JsonObject.builder()
                                .put(
                                        "status_lists",
                                        served.listIds().stream()
                                                .map(id -> addresses.token(id).toString())
                                                .toList())
                                .build())
                .with("Cache-Control", "public, max-age=60");
    }

    private Response current(Request request, String listId, String resource) {
        var document = served.find(listId, resource);
        if (document.isEmpty()) {
            catchUp.run();
            document = served.find(listId, resource);
        }
        return document.map(found -> found.answer(request)).orElseGet(StatusListEndpoint::unknown);
    }

    private Response earlier(String listId, String resource, Optional<Instant> moment) {
        if (history.isEmpty()) {
            return Response.status(501).noStore();
        }
        if (moment.isEmpty()) {
            return Response.status(400).noStore();
        }
        return history.get()
                .at(listId, resource, moment.get())
                .map(found ->
                        new Response(200, Headers.of("Content-Type", found.mediaType()), found.content()).noStore())
                .orElseGet(StatusListEndpoint::unknown);
    }

    private static Response unknown() {
        return Response.status(404).noStore();
    }

    private static StatusResource.Token form(Request request) {
        var accept = Preferences.of(request.headers(), "Accept");
        return accept.ofMediaType(StatusResource.Token.CWT.mediaType())
                        > accept.ofMediaType(StatusResource.Token.JWT.mediaType())
                ? StatusResource.Token.CWT
                : StatusResource.Token.JWT;
    }

    private static String lastSegment(Request request) {
        var path = request.uri().getRawPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Optional<String> parameter(Request request, String name) {
        var query = request.uri().getRawQuery();
        try {
            return query == null ? Optional.empty() : Form.read(query).value(name);
        } catch (IllegalArgumentException malformed) {
            return Optional.of(""); // no time
        }
    }

    private static Optional<Instant> seconds(String text) {
        return text.matches("\\d{1,11}") ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text))) : Optional.empty();
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
