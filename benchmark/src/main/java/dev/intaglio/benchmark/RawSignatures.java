package dev.intaglio.benchmark;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.Signatures;
import dev.intaglio.keys.SigningKey;
import java.lang.management.ManagementFactory;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Locale;

/// What the signatures of an issuance cost by themselves, with the provider the server uses: CPU time of one thread, the
/// median of several rounds. Every verification is by a key not seen before, as those of wallets are.
final class RawSignatures {
    private static final int OPERATIONS = 2_000;
    private static final int ROUNDS = 7;
    private static final byte[] MESSAGE = new byte[1_024];

    private RawSignatures() {}

    /// @return microseconds to sign and to verify, separated by a space
    static String measure() {
        var signer = SigningKey.generate(JWSAlgorithm.ES256);
        var keys = new ArrayList<String>();
        var signatures = new ArrayList<byte[]>();
        for (var i = 0; i < OPERATIONS; i++) {
            var key = SigningKey.generate(JWSAlgorithm.ES256);
            keys.add(key.publicJwk().toJSONString());
            signatures.add(key.sign(MESSAGE));
        }
        var sign = new double[ROUNDS];
        var verify = new double[ROUNDS];
        for (var round = 0; round < ROUNDS; round++) {
            var start = threadTime();
            for (var i = 0; i < OPERATIONS; i++) {
                signer.sign(MESSAGE);
            }
            var between = threadTime();
            for (var i = 0; i < OPERATIONS; i++) {
                if (!Signatures.verify(parse(keys.get(i)), JWSAlgorithm.ES256, MESSAGE, signatures.get(i))) {
                    throw new IllegalStateException("a signature just made does not verify");
                }
            }
            sign[round] = (between - start) / 1_000.0 / OPERATIONS;
            verify[round] = (threadTime() - between) / 1_000.0 / OPERATIONS;
        }
        return String.format(Locale.ROOT, "%.1f %.1f", Figures.median(sign), Figures.median(verify));
    }

    private static JWK parse(String jwk) {
        try {
            return JWK.parse(jwk);
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long threadTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
