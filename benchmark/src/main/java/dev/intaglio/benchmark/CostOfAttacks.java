package dev.intaglio.benchmark;

import com.sun.management.ThreadMXBean;
import dev.intaglio.issuer.encryption.EncryptionPolicy;
import dev.intaglio.issuer.proof.ProofPolicy;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.testing.AdjustableClock;
import dev.intaglio.testing.TestAttester;
import dev.intaglio.testing.TestBombs;
import dev.intaglio.testing.TestCredentialRequest;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.lang.management.ManagementFactory;
import java.security.cert.CertificateEncodingException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What the issuer spends on requests that are meant to cost it much: CPU time and allocated bytes of the thread that answers,
/// from the body in memory to the refusal. The body itself, which the server reads up to its limit, is not counted.
public final class CostOfAttacks {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 21;
    private static final double MOST_MILLISECONDS = 100;

    private final AdjustableClock clock = AdjustableClock.at(TestIssuer.NOW);
    private final TestAttester attester = TestAttester.create(clock);
    private final TestIssuer issuer = TestIssuer.builder()
            .clock(clock)
            .encryption(EncryptionPolicy.OPTIONAL)
            .credentialIssuerOptions(
                    options -> options.proofs(ProofPolicy.DEFAULT.withKeyAttestations(attester.trusted())))
            .build();
    private final TestWallet wallet = issuer.wallet();
    private final TestCredentialRequest request = wallet.request(
            wallet.redeem(issuer.offer(TestIssuer.DIPLOMA).offer()).token(), TestIssuer.DIPLOMA);

    private CostOfAttacks() {}

    public static void main(String[] arguments) throws CertificateEncodingException {
        System.exit(new CostOfAttacks().run() ? 0 : 1);
    }

    private Map<String, TestCredentialRequest> attacks() throws CertificateEncodingException {
        var attacks = new LinkedHashMap<String, TestCredentialRequest>();
        attacks.put("a good request, to compare", request);
        attacks.put("JWE of 10 MB that inflates to 10 GB", jwe(10_000));
        attacks.put("JWE of 220 KB that inflates to 150 MB", jwe(150));
        attacks.put("100,000 key proofs", json(TestBombs.proofs(TestIssuer.DIPLOMA, 100_000, wallet.keyProof())));
        attacks.put("60,000 key proofs within the size", json(TestBombs.proofs(TestIssuer.DIPLOMA, 60_000, "a")));
        attacks.put("JSON nested 10,000 deep", json(TestBombs.nested(10_000)));
        attacks.put("JSON nested 100,000 deep", json(TestBombs.nested(100_000)));
        var leaf = Base64.getEncoder()
                .encodeToString(attester.key().chain().getFirst().getEncoded());
        attacks.put("x5c of 100 certificates", chain(Collections.nCopies(100, leaf)));
        attacks.put("x5c of 5,000 values", chain(Collections.nCopies(5_000, "MIIB")));
        attacks.put(
                "x5c with one certificate of 60 KB",
                chain(List.of(Base64.getEncoder().encodeToString(new byte[60_000]))));
        var attestation = attester.attest(List.of(wallet.newKey()), wallet.nonce())
                .claims(claims -> claims.with(
                        "attested_keys",
                        Collections.nCopies(
                                1_000, claims.objects("attested_keys").getFirst())))
                .compact();
        attacks.put(
                "key attestation for 1,000 keys",
                request.proofs(JsonObject.builder()
                        .put("attestation", List.of(attestation))
                        .build()));
        return attacks;
    }

    private TestCredentialRequest jwe(int mebibytes) {
        var bomb = TestBombs.inflating(wallet, mebibytes);
        return request.http(http -> http.withBody("application/jwt", bomb));
    }

    private TestCredentialRequest json(byte[] body) {
        return request.http(http -> http.withBody("application/json", body));
    }

    private TestCredentialRequest chain(List<String> values) {
        return request.proof(proof -> proof.withoutHeader("jwk").header("x5c", values));
    }

    private boolean run() throws CertificateEncodingException {
        System.out.printf(
                Locale.ROOT,
                "%-40s %6s %12s %12s %14s%n",
                "request",
                "status",
                "first ms",
                "median ms",
                "allocated KiB");
        var good = true;
        for (var attack : attacks().entrySet()) {
            good &= report(attack.getKey(), attack.getValue());
        }
        return good;
    }

    /// Also the first time, before anything was compiled: an attacker need not wait for that.
    private boolean report(String name, TestCredentialRequest attack) {
        var milliseconds = new double[ROUNDS];
        var most = 0L;
        var status = 0;
        for (var round = 0; round < ROUNDS; round++) {
            var start = new long[2];
            UnaryOperator<Request> begin = http -> {
                start[0] = THREAD.getCurrentThreadAllocatedBytes();
                start[1] = THREAD.getCurrentThreadCpuTime();
                return http;
            };
            status = attack.http(begin).send().status();
            milliseconds[round] = (THREAD.getCurrentThreadCpuTime() - start[1]) / 1e6;
            most = Math.max(most, THREAD.getCurrentThreadAllocatedBytes() - start[0]);
        }
        System.out.printf(
                Locale.ROOT,
                "%-40s %6d %12.2f %12.2f %14d%n",
                name,
                status,
                milliseconds[0],
                Figures.median(milliseconds),
                most / 1024);
        return Arrays.stream(milliseconds).max().orElseThrow() < MOST_MILLISECONDS;
    }
}
