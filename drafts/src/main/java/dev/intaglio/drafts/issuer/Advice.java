package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Draft;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Refusal;
import java.util.ArrayList;
import java.util.List;

/// Tells the developer of a wallet whose request was refused for being of a draft what 1.0 would have it be.
final class Advice {
    /// Of what a Credential Request is made.
    static final String REQUEST =
            "a Credential Request is a JSON object with credential_configuration_id (or the credential_identifier of the token"
                    + " response) and proofs, such as {'credential_configuration_id': '...', 'proofs': {'jwt': ['...']}}, with a"
                    + " nonce from the nonce_endpoint";

    private Advice() {}

    /// A refusal of the credential endpoint, with advice if the request shows signs of a draft.
    static Response credential(JsonObject body, Response response) {
        var signs = signs(body);
        if (signs.isEmpty() || response.status() != 400) {
            return response;
        }
        var likely = Recognition.candidates(body);
        return advised(
                response,
                "; " + String.join(", ", signs) + (signs.size() == 1 ? " is" : " are") + " of "
                        + (likely.isEmpty() ? "a draft" : label(likely))
                        + " of OpenID4VCI, and this issuer speaks 1.0: "
                        + REQUEST);
    }

    /// A refusal of the token endpoint.
    static Response token(Response response) {
        return response.status() == 400
                ? advised(
                        response,
                        "; user_pin is of drafts 11 and 12 of OpenID4VCI, and this server speaks 1.0: the code goes into tx_code")
                : response;
    }

    private static String label(List<Draft> drafts) {
        return drafts.size() == 1
                ? drafts.getFirst().label()
                : drafts.getFirst().label() + " to " + drafts.getLast().label();
    }

    private static List<String> signs(JsonObject body) {
        var signs = new ArrayList<String>();
        for (var name : List.of(
                "format",
                "types",
                "credential_definition",
                "vct",
                "doctype",
                "proof",
                "credential_requests",
                "credential_encryption_jwk")) {
            if (body.has(name)) {
                signs.add(name);
            }
        }
        return signs;
    }

    private static Response advised(Response response, String advice) {
        try {
            var body = response.bodyObject();
            var code = body.optionalString("error");
            if (code.isEmpty()) {
                return response;
            }
            var description = body.optionalString("error_description").orElse("the request was refused");
            var refusal = Refusal.of(code.get(), response.status(), description + advice);
            return new Response(
                    response.status(),
                    response.headers(),
                    body.with("error_description", refusal.description()).bytes());
        } catch (JsonException none) {
            return response;
        }
    }
}
