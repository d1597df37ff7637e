package dev.intaglio.storage.jdbc;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.issuer.log.IssuanceLog;
import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.SigningKey;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A node in a process of its own, which issues and writes the log until somebody kills it. It prints the id of each issuance
/// once the database has it.
final class KilledNode {
    private KilledNode() {}

    public static void main(String[] arguments) {
        var random = new SecureRandom();
        var storage = JdbcStorage.sqlite(Path.of(arguments[0]));
        var log = log(storage, random);
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                log.sequence();
            }
        });
        while (true) {
            var id = UUID.randomUUID().toString();
            var now = Clock.systemUTC().instant();
            var logged = new LogEvents(random).issued(id, "degree", "key", List.of(Optional.empty()), now);
            storage.issuances()
                    .record(
                            new IssuanceRecord(
                                    id,
                                    "authorization",
                                    "degree",
                                    "subject",
                                    1,
                                    now,
                                    Optional.empty(),
                                    Optional.of(logged)),
                            List.of());
            System.out.println(id);
        }
    }

    static IssuanceLog log(JdbcStorage storage, SecureRandom random) {
        return new IssuanceLog(
                URI.create("https://issuer.example"),
                storage.log(),
                storage.leases(),
                storage.issuances(),
                KeyRing.of(SigningKey.generate(JWSAlgorithm.ES256)),
                Clock.systemUTC(),
                random);
    }
}
