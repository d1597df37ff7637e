package dev.intaglio.drafts.draft11;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// The token that draft 11 hands out for a credential that comes later, and that is sent in place of the access token. It says
/// no more than its wallet knows, and gives no more: it is access token and transaction in one, and good for as long as both.
public record AcceptanceToken(String accessToken, String transactionId) {
    private static final String MARK = "later.";

    public String write() {
        return MARK
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString((accessToken + '\n' + transactionId).getBytes(StandardCharsets.UTF_8));
    }

    /// @return empty if it is no acceptance token
    public static Optional<AcceptanceToken> read(String token) {
        if (!token.startsWith(MARK)) {
            return Optional.empty();
        }
        try {
            var text =
                    new String(Base64.getUrlDecoder().decode(token.substring(MARK.length())), StandardCharsets.UTF_8);
            var end = text.indexOf('\n');
            return end < 1
                    ? Optional.empty()
                    : Optional.of(new AcceptanceToken(text.substring(0, end), text.substring(end + 1)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /// Without the token.
    @Override
    public String toString() {
        return "AcceptanceToken";
    }
}
