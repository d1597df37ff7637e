package dev.intaglio.drafts.draft13;

import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.drafts.wire.Difference;
import dev.intaglio.drafts.wire.Exchange;
import dev.intaglio.drafts.wire.Logos;
import dev.intaglio.drafts.wire.Parts;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.json.JsonObject;

/// Draft 13 and 14. The draft has one `proof` in a request, and a batch endpoint for several requests at once, whose address
/// whoever serves one adds to the metadata.
public final class Draft13 implements Difference {
    @Override
    public JsonObject olderMetadata(JsonObject metadata) {
        return metadata.without("batch_credential_issuance");
    }

    @Override
    public JsonObject newerMetadata(JsonObject metadata) {
        var newer = Parts.without(metadata, "batch_credential_endpoint", "credential_identifiers_supported");
        newer = Parts.eachOf(newer, "display", Logos::newer);
        return Parts.each(
                newer,
                "credential_configurations_supported",
                configuration -> Parts.eachOf(configuration, "display", Logos::newer));
    }

    @Override
    public JsonObject newerCredentialRequest(JsonObject request, Catalogue catalogue) {
        if (request.has("proofs")) {
            throw CredentialErrors.invalidCredentialRequest(
                    "a request has one proof here; several credentials are asked for at the batch credential endpoint");
        }
        return request;
    }

    /// The draft has no word for it.
    @Override
    public Answer olderCredentialAnswer(Answer answer, Exchange exchange) {
        return answer.isError("credential_request_denied") ? answer.withError("access_denied") : answer;
    }

    @Override
    public Answer newerCredentialAnswer(Answer answer, Exchange exchange) {
        return answer.isError("access_denied") ? answer.withError("credential_request_denied") : answer;
    }
}
