package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Draft;
import dev.intaglio.issuer.store.DialectTokens;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/// Access tokens that were asked for in the words of a draft: by the wallet itself, at the token endpoint. What somebody else
/// could have written, such as an offer, pins nothing, so that nobody has a wallet of 1.0 answered in a draft.
record PinnedTokens(DialectTokens store, Clock clock) {
    private static final long AN_HOUR = 3600;

    /// @param answer of the token endpoint
    void pin(Draft draft, JsonObject answer) {
        var seconds = answer.optionalSeconds("expires_in").orElse(AN_HOUR);
        answer.optionalString("access_token")
                .ifPresent(token ->
                        store.keep(hash(token), draft.label(), clock.instant().plusSeconds(seconds)));
    }

    /// The draft of the token that a request comes with.
    Optional<Draft> draft(Request request) {
        return Translator.token(request)
                .flatMap(token -> store.dialect(hash(token), clock.instant()))
                .flatMap(Draft::find);
    }

    private static String hash(String token) {
        return SignedJwt.sha256(token.getBytes(StandardCharsets.UTF_8));
    }
}
