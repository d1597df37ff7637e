package dev.intaglio.authorization;

import dev.intaglio.authorization.grant.RequestableCredential;
import dev.intaglio.authorization.interaction.UserInteraction;
import dev.intaglio.authorization.store.CodeFlowStores;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What may be chosen about the authorization code flow (§3.4).
///
/// ```java
/// CodeFlow.of(stores, new UserInteraction.Pages(id -> login.resolve("?interaction=" + id)), credentials)
///         .withRefreshTokens(Duration.ofDays(90))
/// ```
///
/// @param credentials what can be asked for
/// @param pushedOnly whether only pushed requests are taken (RFC 9126, section 5); by default others are, too
/// @param pkceRequired whether a request must have a `code_challenge`; by default it must
/// @param refreshTokenLifetime present if refresh tokens are given (§14.5); by default none are
/// @param interactionLifetime how long a user may take; by default 15 minutes
public record CodeFlow(
        CodeFlowStores stores,
        UserInteraction userInteraction,
        List<RequestableCredential> credentials,
        boolean pushedOnly,
        boolean pkceRequired,
        Optional<Duration> refreshTokenLifetime,
        Duration interactionLifetime) {
    public CodeFlow {
        credentials = List.copyOf(credentials);
        refreshTokenLifetime.ifPresent(CodeFlow::requirePositive);
        requirePositive(interactionLifetime);
    }

    public static CodeFlow of(
            CodeFlowStores stores, UserInteraction userInteraction, List<RequestableCredential> credentials) {
        return new CodeFlow(
                stores, userInteraction, credentials, false, true, Optional.empty(), Duration.ofMinutes(15));
    }

    /// Takes pushed requests only, as FAPI 2.0 and HAIP want.
    public CodeFlow withPushedOnly() {
        return new CodeFlow(
                stores, userInteraction, credentials, true, pkceRequired, refreshTokenLifetime, interactionLifetime);
    }

    /// Takes requests without `code_challenge`, too.
    public CodeFlow withOptionalPkce() {
        return new CodeFlow(
                stores, userInteraction, credentials, pushedOnly, false, refreshTokenLifetime, interactionLifetime);
    }

    /// Gives refresh tokens that live so long from the authorization on.
    public CodeFlow withRefreshTokens(Duration lifetime) {
        return new CodeFlow(
                stores,
                userInteraction,
                credentials,
                pushedOnly,
                pkceRequired,
                Optional.of(lifetime),
                interactionLifetime);
    }

    public CodeFlow withInteractionLifetime(Duration lifetime) {
        return new CodeFlow(
                stores, userInteraction, credentials, pushedOnly, pkceRequired, refreshTokenLifetime, lifetime);
    }

    List<String> scopes() {
        return credentials.stream()
                .flatMap(credential -> credential.scope().stream())
                .distinct()
                .toList();
    }

    private static void requirePositive(Duration lifetime) {
        if (lifetime.isNegative() || lifetime.isZero()) {
            throw new IllegalArgumentException("refresh tokens and interactions live longer than nothing");
        }
    }
}
