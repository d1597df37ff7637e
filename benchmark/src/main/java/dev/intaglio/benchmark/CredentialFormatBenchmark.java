package dev.intaglio.benchmark;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.mdoc.MsoMdocFormat;
import dev.intaglio.credential.sdjwtvc.SdJwtVcFormat;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Making one credential, without HTTP and store, beside the one signature in it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CredentialFormatBenchmark {
    private static final URI ISSUER = URI.create("https://issuer.example");

    private final SigningKey key = DevelopmentCa.create("Benchmark", Clock.systemUTC(), new SecureRandom())
            .issueDocumentSigner("Benchmark", ISSUER, JWSAlgorithm.ES256);
    private final SdJwtVcFormat sdJwtVc = new SdJwtVcFormat(new SecureRandom());
    private final MsoMdocFormat msoMdoc = new MsoMdocFormat(new SecureRandom());
    private final byte[] message = new byte[2_048];
    private final Issuance pid = pid(SdJwtVcFormat.IDENTIFIER);
    private final Issuance pidMdoc = pid(MsoMdocFormat.IDENTIFIER);

    @Benchmark
    public byte[] signatureAlone() {
        return key.sign(message);
    }

    @Benchmark
    public Object sdJwtVc() {
        return sdJwtVc.issue(pid);
    }

    @Benchmark
    public Object msoMdoc() {
        return msoMdoc.issue(pidMdoc);
    }

    private Issuance pid(String format) {
        var definition = CredentialDefinitions.shipped().stream()
                .filter(one -> one.id().equals("pid"))
                .findFirst()
                .orElseThrow();
        try (var people = CredentialDefinitions.class.getResourceAsStream("/intaglio/sample-people.json")) {
            var claims = Json.readObject(Objects.requireNonNull(people).readAllBytes(), JsonLimits.DOCUMENT)
                    .object("erika")
                    .object("pid");
            return new Issuance(
                    definition,
                    definition.configurations().stream()
                            .filter(one -> one.format().equals(format))
                            .findFirst()
                            .orElseThrow(),
                    new CredentialDataset(claims),
                    Optional.of(new HolderKey(
                            SigningKey.generate(JWSAlgorithm.ES256).publicJwk())),
                    Optional.empty(),
                    key,
                    ISSUER,
                    Instant.now());
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
