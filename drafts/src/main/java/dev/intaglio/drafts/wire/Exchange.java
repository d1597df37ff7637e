package dev.intaglio.drafts.wire;

import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;
import java.util.function.Supplier;

/// What an answer's translation has to know of the request, and of the session it is in.
///
/// @param request the body in the words of 1.0, empty where there was none
/// @param single whether the wallet sent one `proof`, not `proofs`
/// @param format of the credentials asked for, where it is known
/// @param accessToken the request came with
/// @param cNonce makes a fresh `c_nonce`; asked only by drafts whose answers carry one
/// @param cNonceSeconds how long it is good for
public record Exchange(
        JsonObject request,
        boolean single,
        Optional<String> format,
        Optional<String> accessToken,
        Supplier<String> cNonce,
        long cNonceSeconds) {
    /// For a wallet, whom nobody asks for a nonce.
    public static Exchange of(JsonObject request) {
        return new Exchange(
                request,
                true,
                Optional.empty(),
                Optional.empty(),
                () -> {
                    throw new IllegalStateException("a wallet makes no c_nonce");
                },
                0);
    }

    /// An answer with a fresh `c_nonce`, as drafts up to 14 have it.
    public Answer withNonce(Answer answer) {
        return answer.with("c_nonce", cNonce.get()).with("c_nonce_expires_in", cNonceSeconds);
    }

    /// Without the token.
    @Override
    public String toString() {
        return "Exchange[" + format + "]";
    }
}
