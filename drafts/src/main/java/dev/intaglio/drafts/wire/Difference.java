package dev.intaglio.drafts.wire;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.json.JsonObject;

/// What one draft has otherwise than the next one, message by message: `older…` takes a message of the next draft to this one,
/// `newer…` back. What a message has in common stays as it is, and so does what nobody knows.
public interface Difference {
    default JsonObject olderMetadata(JsonObject metadata) {
        return metadata;
    }

    default JsonObject newerMetadata(JsonObject metadata) {
        return metadata;
    }

    default JsonObject olderOffer(JsonObject offer) {
        return offer;
    }

    default JsonObject newerOffer(JsonObject offer, Catalogue catalogue) {
        return offer;
    }

    default Form olderTokenRequest(Form request) {
        return request;
    }

    default Form newerTokenRequest(Form request) {
        return request;
    }

    default Answer olderTokenAnswer(Answer answer, Exchange exchange) {
        return answer;
    }

    default Answer newerTokenAnswer(Answer answer) {
        return answer;
    }

    default JsonObject olderCredentialRequest(JsonObject request, Catalogue catalogue) {
        return request;
    }

    /// @throws dev.intaglio.protocol.oauth.Refusal in the words of 1.0
    default JsonObject newerCredentialRequest(JsonObject request, Catalogue catalogue) {
        return request;
    }

    /// An answer of the credential endpoint, or of the deferred credential endpoint unless that is said otherwise.
    default Answer olderCredentialAnswer(Answer answer, Exchange exchange) {
        return answer;
    }

    default Answer newerCredentialAnswer(Answer answer, Exchange exchange) {
        return answer;
    }

    default Answer olderDeferredAnswer(Answer answer, Exchange exchange) {
        return olderCredentialAnswer(answer, exchange);
    }

    default Answer newerDeferredAnswer(Answer answer, Exchange exchange) {
        return newerCredentialAnswer(answer, exchange);
    }
}
