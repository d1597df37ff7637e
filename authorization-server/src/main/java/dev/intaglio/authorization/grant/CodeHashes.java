package dev.intaglio.authorization.grant;

import dev.intaglio.protocol.jose.SignedJwt;
import java.nio.charset.StandardCharsets;

/// How codes are kept. A Transaction Code is short, so its hash is mixed with the code, which only the offer holds: from the
/// store alone it cannot be guessed.
final class CodeHashes {
    private CodeHashes() {}

    static String code(String code) {
        return SignedJwt.sha256(("code " + code).getBytes(StandardCharsets.UTF_8));
    }

    static String txCode(String code, String txCode) {
        return SignedJwt.sha256(("tx_code " + code + ' ' + txCode).getBytes(StandardCharsets.UTF_8));
    }
}
