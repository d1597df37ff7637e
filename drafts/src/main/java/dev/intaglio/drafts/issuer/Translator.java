package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Dialect;
import dev.intaglio.drafts.draft11.AcceptanceToken;
import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.drafts.wire.Exchange;
import dev.intaglio.issuer.spi.ServedIssuer;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.encryption.CredentialResponseEncryption;
import dev.intaglio.protocol.encryption.ResponseEncryption;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Refusal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Hands requests of a draft to an issuer that speaks 1.0, and its answers back in the words of the draft. What decides about
/// tokens, proofs, nonces and credentials is the issuer, and it sees the request with its headers as it came.
final class Translator {
    private static final String JSON = "application/json";
    private static final String ENCRYPTION = "credential_response_encryption";

    private final ServedIssuer issuer;
    private final long nonceSeconds;
    private final Usage usage;

    Translator(ServedIssuer issuer, Duration nonceLifetime, Usage usage) {
        this.issuer = issuer;
        this.usage = usage;
        this.nonceSeconds = nonceLifetime.toSeconds();
    }

    /// A translated answer, and what it was an answer to.
    record Translated(Response response, Answer answer, Exchange exchange, Optional<ResponseEncryption> encryption) {
        /// @param changed the answer as it is sent
        Response sent(Answer changed) {
            if (encryption.isPresent() && changed.successful()) {
                return new Response(
                                changed.status(),
                                response.headers(),
                                encryption.get().encrypt(changed.body()).getBytes(StandardCharsets.US_ASCII))
                        .with("Content-Type", "application/jwt");
            }
            return changed.body().members().isEmpty()
                    ? response
                    : new Response(
                                    changed.status(),
                                    response.headers(),
                                    changed.body().bytes())
                            .with("Content-Type", JSON);
        }
    }

    JsonObject metadata() {
        return issuer.metadata().write();
    }

    ServedIssuer issuer() {
        return issuer;
    }

    /// One Credential Request.
    Translated credential(Request request, JsonObject body, Dialect dialect) {
        var catalogue = Catalogue.of(metadata());
        var single = body.has("proof") || !body.has("proofs");
        try {
            var standard = dialect.newerCredentialRequest(body, catalogue);
            var encryption = encryption(standard);
            var plain = standard.without(ENCRYPTION);
            var response = ask(request, issuer.metadata().credentialEndpoint(), plain);
            var chosen = plain.optionalString("credential_configuration_id");
            // Two credentials can be of one type and format; the token says which, and no proof has been looked at yet.
            // A DPoP
            // proof can be shown once only.
            while (response.status() == 403
                    && chosen.isPresent()
                    && !body.has("credential_configuration_id")
                    && request.header("DPoP").isEmpty()) {
                catalogue = catalogue.without(chosen.get());
                if (catalogue.matching(body).isEmpty()) {
                    break;
                }
                plain = dialect.newerCredentialRequest(body, catalogue).without(ENCRYPTION);
                chosen = plain.optionalString("credential_configuration_id");
                response = ask(request, issuer.metadata().credentialEndpoint(), plain);
            }
            // Who asks by an identifier does not say it; the issuer does.
            var format = chosen.or(usage::configurationId)
                    .flatMap(catalogue::format)
                    .or(() -> body.optionalString("format"));
            return translated(dialect, response, exchange(request, plain, single, format), encryption, false);
        } catch (Refusal refusal) {
            return refused(dialect, refusal, exchange(request, body, single, Optional.empty()), false);
        } catch (JsonException malformed) {
            return refused(
                    dialect,
                    CredentialErrors.invalidCredentialRequest(String.valueOf(malformed.getMessage())),
                    exchange(request, body, single, Optional.empty()),
                    false);
        }
    }

    /// A wallet that comes back.
    ///
    /// @param later what it came back with
    Translated deferred(Request request, JsonObject body, Later later, Dialect dialect) {
        var endpoint = issuer.metadata().deferredCredentialEndpoint();
        var format = later.format().isEmpty() ? Optional.<String>empty() : Optional.of(later.format());
        try {
            var standard = dialect.newerCredentialRequest(body, Catalogue.of(metadata()))
                    .with("transaction_id", later.transactionId());
            var encryption = encryption(standard);
            var plain = standard.without(ENCRYPTION);
            var response = ask(request, endpoint.orElse(issuer.metadata().credentialEndpoint()), plain);
            return translated(dialect, response, exchange(request, plain, true, format), encryption, true);
        } catch (Refusal refusal) {
            return refused(dialect, refusal, exchange(request, body, true, format), true);
        }
    }

    /// With the access token that an acceptance token holds. A token that is bound to a key stays so: the proof is about it.
    static Request accepted(Request request, AcceptanceToken acceptance) {
        var scheme = request.header("Authorization").orElse("").strip().split(" ", 2)[0];
        return request.with("Authorization", scheme + " " + acceptance.accessToken());
    }

    private Response ask(Request request, URI endpoint, JsonObject body) {
        var inner = new Request("POST", endpoint, request.headers(), body.bytes(), request.remote());
        return issuer.handler().handle(inner.with("Content-Type", JSON));
    }

    private Translated translated(
            Dialect dialect,
            Response response,
            Exchange exchange,
            Optional<ResponseEncryption> encryption,
            boolean deferred) {
        Answer answer;
        try {
            answer = new Answer(
                    response.status(), response.body().length == 0 ? JsonObject.empty() : response.bodyObject());
        } catch (JsonException other) {
            return new Translated(response, new Answer(response.status(), JsonObject.empty()), exchange, encryption);
        }
        if (answer.body().members().isEmpty()) {
            return new Translated(response, answer, exchange, encryption);
        }
        var marked = marked(dialect, answer, exchange);
        var older = deferred
                ? dialect.olderDeferredAnswer(marked, exchange)
                : dialect.olderCredentialAnswer(marked, exchange);
        return new Translated(response, older, exchange, encryption);
    }

    private static Answer marked(Dialect dialect, Answer answer, Exchange exchange) {
        var transaction = answer.body().optionalString("transaction_id");
        return transaction.isEmpty()
                ? answer
                : answer.with(
                        "transaction_id",
                        new Later(dialect.draft(), exchange.format().orElse(""), transaction.get()).write());
    }

    private static Translated refused(Dialect dialect, Refusal refusal, Exchange exchange, boolean deferred) {
        var response = refusal.response();
        var answer = new Answer(response.status(), response.bodyObject());
        return new Translated(
                response,
                deferred
                        ? dialect.olderDeferredAnswer(answer, exchange)
                        : dialect.olderCredentialAnswer(answer, exchange),
                exchange,
                Optional.empty());
    }

    /// The draft's wallet asks in the clear for an encrypted answer; 1.0 would have the request encrypted, too. So the issuer
    /// is asked for a plain answer, if it gives one, and it is encrypted here.
    private Optional<ResponseEncryption> encryption(JsonObject request) {
        var wanted = request.optionalObject(ENCRYPTION);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        try {
            var offered = issuer.metadata()
                    .responseEncryption()
                    .map(CredentialResponseEncryption::read)
                    .orElseThrow(() -> CredentialErrors.invalidEncryptionParameters(
                            "this issuer does not encrypt responses: its metadata offers no encryption"));
            var read = ResponseEncryption.read(wanted.get());
            if (!offered.algorithms().contains(read.key().algorithm())
                    || !offered.encryptions().contains(read.encryption())) {
                throw CredentialErrors.invalidEncryptionParameters(
                        "alg or enc is none that the metadata of this issuer offers");
            }
            return Optional.of(read);
        } catch (JsonException unfit) {
            throw CredentialErrors.invalidEncryptionParameters(String.valueOf(unfit.getMessage()));
        }
    }

    Exchange exchange(Request request, JsonObject body, boolean single, Optional<String> format) {
        return new Exchange(body, single, format, token(request), this::cNonce, nonceSeconds);
    }

    static Optional<String> token(Request request) {
        return request.header("Authorization")
                .map(String::strip)
                .map(value -> value.substring(value.indexOf(' ') + 1).strip());
    }

    /// A fresh one, as the nonce endpoint gives.
    String cNonce() {
        var endpoint = issuer.metadata().nonceEndpoint().orElseThrow();
        return issuer.handler().handle(Request.post(endpoint)).bodyObject().string("c_nonce");
    }
}
