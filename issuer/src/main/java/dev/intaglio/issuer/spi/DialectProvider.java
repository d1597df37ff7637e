package dev.intaglio.issuer.spi;

import dev.intaglio.issuer.store.DialectTokens;
import dev.intaglio.issuer.store.DialectUse;
import dev.intaglio.issuer.store.DialectUses;
import dev.intaglio.protocol.oauth.AuthorizationServerMetadata;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Brings dialects to whoever has its module on the class path. Named in
/// `META-INF/services/dev.intaglio.issuer.spi.DialectProvider`; has a public constructor without arguments. Without one, the
/// standard is spoken.
public interface DialectProvider {
    /// @throws IllegalArgumentException saying what is wrong with the settings
    Dialects open(Settings settings, Surroundings surroundings);

    /// What an operator chooses.
    ///
    /// @param accepted which dialects, in the provider's words; `strict` for none
    /// @param until the last day of each dialect that has one
    record Settings(String accepted, Map<String, LocalDate> until) {
        public Settings {
            until = Map.copyOf(until);
        }
    }

    /// What dialects stand in front of.
    ///
    /// @param authorizationServer the issuer's own; empty if it has none
    /// @param nonceLifetime how long a `c_nonce` is good for
    /// @param uses keeps what is counted
    /// @param tokens keeps which access tokens were asked for in a dialect
    /// @param counted is told each single use as it is counted
    record Surroundings(
            ServedIssuer issuer,
            Optional<AuthorizationServerMetadata> authorizationServer,
            Duration nonceLifetime,
            DialectUses uses,
            DialectTokens tokens,
            Consumer<DialectUse> counted,
            Clock clock,
            SecureRandom random) {}
}
