package dev.intaglio.drafts.issuer;

import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import java.util.function.Supplier;

/// Follows who speaks what.
final class Usage {
    /// What is not a draft.
    static final String STANDARD = "1.0";

    Response during(String dialect, Request request, Supplier<Response> answer) {
        return answer.get();
    }
}
