package dev.intaglio.issuer.recorder;

import dev.intaglio.protocol.jose.SignedJwt;
import java.nio.charset.StandardCharsets;

/// The name that a trace is stored and found by: a hash of an identifier, a reference, a code or a token.
public final class TraceName {
    /// 128 bits in base64url.
    private static final int LENGTH = 22;

    private TraceName() {}

    /// @param value a request id, a `transaction_id`, the last segment of an offer's address, a code
    public static String of(String value) {
        return SignedJwt.sha256(("trace " + value).getBytes(StandardCharsets.UTF_8))
                .substring(0, LENGTH);
    }
}
