package dev.intaglio.issuer.accesstoken;

import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.Identifiers;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import dev.intaglio.protocol.oauth.Refusal;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks an authorization server for its documents. That it does not answer, or not as it should, is not the wallet's fault
/// and says nothing about the wallet's token: the wallet may try again, and the operator reads why.
final class RemoteServer {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteServer.class);

    private final URI issuer;
    private final Handler transport;
    private final Remembered<JsonObject> metadata;

    RemoteServer(URI issuer, Handler transport, Clock clock) {
        this.issuer = issuer;
        this.transport = transport;
        this.metadata = new Remembered<>(this::fetchMetadata, clock);
    }

    /// An endpoint from the server's metadata.
    ///
    /// @throws Refusal `server_error`, 503
    URI endpoint(String member) {
        var document = metadata.get();
        try {
            return Identifiers.requireAddress(member, URI.create(document.string(member)));
        } catch (IllegalArgumentException unfit) {
            throw failure("its metadata has no usable " + member, unfit);
        }
    }

    /// @throws Refusal `server_error`, 503
    JsonObject ask(Request request) {
        try {
            var response = transport.handle(request.with("Accept", "application/json"));
            if (response.status() != 200) {
                throw failure(request + " was answered with " + response, null);
            }
            return response.bodyObject();
        } catch (UncheckedIOException | JsonException unanswered) {
            throw failure(request + ": " + unanswered.getMessage(), unanswered);
        }
    }

    /// What to throw when the server does not do its part.
    Refusal failure(String what, @Nullable Throwable cause) {
        LOG.warn("the authorization server {} does not do its part: {}", issuer, what);
        var refusal = Refusal.of(
                        "server_error", 503, "the authorization server cannot be asked about the access token just now")
                .withHeader("Retry-After", String.valueOf(Remembered.PAUSE.toSeconds()))
                .because(what);
        return cause == null ? refusal : refusal.because(cause);
    }

    /// By the address of RFC 8414 and, where there is nothing, by that of OpenID Connect Discovery (RFC 8414, section 5).
    private JsonObject fetchMetadata() {
        var openid = URI.create(withoutSlash() + "/.well-known/openid-configuration");
        for (var address : List.of(WellKnown.address(issuer, AuthorizationServerMetadata.WELL_KNOWN), openid)) {
            try {
                var response = transport.handle(Request.get(address).with("Accept", "application/json"));
                if (response.status() == 200) {
                    return requireOwn(response.bodyObject(), address);
                }
            } catch (UncheckedIOException | JsonException unanswered) {
                throw failure(address + ": " + unanswered.getMessage(), unanswered);
            }
        }
        throw failure("it has no metadata, neither for RFC 8414 nor at " + openid, null);
    }

    private JsonObject requireOwn(JsonObject document, URI address) {
        if (!document.string("issuer").equals(issuer.toString())) {
            throw failure("the issuer in " + address + " is not " + issuer + ", letter by letter", null);
        }
        return document;
    }

    private String withoutSlash() {
        var text = issuer.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
