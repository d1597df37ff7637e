package dev.intaglio.benchmark;

import dev.intaglio.keys.SigningKey;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Making one credential, without HTTP and store, beside the one signature in it. On a machine that does other things, too,
/// [FormatCost] says more.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CredentialFormatBenchmark {
    private final SigningKey key = SampleIssuance.key();
    private final byte[] message = new byte[2_048];

    /// One of [SampleIssuance#ALL]; `signature` for the signature alone.
    @Param({
        "signature",
        "pid dc+sd-jwt",
        "pid mso_mdoc",
        "diploma dc+sd-jwt",
        "diploma mso_mdoc",
        "diploma jwt_vc_json",
        "diploma jwt_vc_json-ld",
        "diploma vc+jwt",
        "diploma vc+sd-jwt",
        "diploma ldp_vc"
    })
    private String made = "signature";

    private Optional<SampleIssuance> sample = Optional.empty();

    @Setup
    public void prepare() {
        if (!made.equals("signature")) {
            sample = Optional.of(SampleIssuance.of(made, key));
        }
    }

    @Benchmark
    public Object oneCredential() {
        return sample.isEmpty() ? key.sign(message) : sample.get().make();
    }
}
