package dev.intaglio.protocol.oauth;

import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import java.nio.charset.StandardCharsets;

/// Reads the form that token and pushed authorization requests are sent as, of at most 64 KiB.
public final class FormBody {
    private static final int MAX_BODY = 64 * 1024;

    private FormBody() {}

    /// @param what the request's name, for the error
    /// @param tooLarge the status for a body over the limit: 413 where the standard names it (RFC 9126 section 2.3), else 400
    /// @throws Refusal `invalid_request`
    public static Form read(Request request, String what, int tooLarge) {
        if (!request.mediaType().equals(Form.MEDIA_TYPE)) {
            throw TokenErrors.invalidRequest(what + " is sent as " + Form.MEDIA_TYPE)
                    .expected("Content-Type: " + Form.MEDIA_TYPE)
                    .came("Content-Type: " + Shown.value(request.mediaType()));
        }
        if (request.body().length > MAX_BODY) {
            throw Refusal.of("invalid_request", tooLarge, "the request is larger than " + MAX_BODY + " bytes");
        }
        try {
            return Form.read(new String(request.body(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            throw TokenErrors.invalidRequest(String.valueOf(malformed.getMessage()))
                    .because(malformed);
        }
    }
}
