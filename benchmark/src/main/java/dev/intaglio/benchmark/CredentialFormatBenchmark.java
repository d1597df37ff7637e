package dev.intaglio.benchmark;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Making one credential, without HTTP and store, beside the one signature in it: the PID in its two formats, the diploma in all of
/// its own.
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
    private final byte[] message = new byte[2_048];

    /// Definition and format; `signature` for the signature alone.
    @Param({
        "signature",
        "pid dc+sd-jwt",
        "pid mso_mdoc",
        "diploma dc+sd-jwt",
        "diploma jwt_vc_json",
        "diploma jwt_vc_json-ld",
        "diploma vc+jwt",
        "diploma vc+sd-jwt",
        "diploma ldp_vc"
    })
    private String made = "signature";

    private Optional<CredentialFormat> format = Optional.empty();
    private Optional<Issuance> issuance = Optional.empty();

    @Setup
    public void prepare() {
        if (made.equals("signature")) {
            return;
        }
        var names = made.split(" ");
        issuance = Optional.of(issuance(names[0], names[1]));
        format = CredentialFormats.onClassPath(new SecureRandom()).find(names[1]);
    }

    @Benchmark
    public Object oneCredential() {
        return format.isEmpty() ? key.sign(message) : format.get().issue(issuance.orElseThrow());
    }

    private Issuance issuance(String type, String in) {
        CredentialDefinition definition = CredentialDefinitions.shipped().stream()
                .filter(one -> one.id().equals(type))
                .findFirst()
                .orElseThrow();
        try (var people = CredentialDefinitions.class.getResourceAsStream("/intaglio/sample-people.json")) {
            var claims = Json.readObject(Objects.requireNonNull(people).readAllBytes(), JsonLimits.DOCUMENT)
                    .object("erika")
                    .object(type);
            return new Issuance(
                    definition,
                    definition.configurations().stream()
                            .filter(one -> one.format().equals(in))
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
