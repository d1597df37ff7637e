package dev.intaglio.credential;

import dev.intaglio.protocol.metadata.ReusePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What the issuer has decided about giving out one type of credential: to whom it gives them at once, how many in one
/// response, how often to one subject.
///
/// @param approval who must agree before a credential is issued
/// @param batchSize at most so many credentials in one response, where that is fewer than the issuer takes keys in one
///     request: the first keys then get one each (§8.3 leaves the number to the issuer)
/// @param reuse what wallets are told about the use of a batch, and when to come for more
/// @param limit how many credentials of the type one subject may have in a time
/// @param freshness how old claims may be that are kept with an authorization because they came with its offer or sign-in; data
///     sources are asked at each issuance anyway
/// @param purposes what credentials of the type are for, in the issuer's own words: clients may be held to some
/// @param proofTypes of the types of key proof that the issuer takes, those it takes for this type; empty for all of them
public record IssuancePolicy(
        Approval approval,
        OptionalInt batchSize,
        Optional<Limit> limit,
        Set<String> purposes,
        Optional<ReusePolicy> reuse,
        Set<String> proofTypes,
        Optional<Duration> freshness) {
    /// Issued at once, as many as there are keys, as often as asked for.
    public static final IssuancePolicy OPEN = new IssuancePolicy(Approval.NONE, OptionalInt.empty(), Optional.empty());

    /// With every type of key proof that the issuer takes.
    public IssuancePolicy(
            Approval approval,
            OptionalInt batchSize,
            Optional<Limit> limit,
            Set<String> purposes,
            Optional<ReusePolicy> reuse) {
        this(approval, batchSize, limit, purposes, reuse, Set.of(), Optional.empty());
    }

    /// For no purpose that is named, and without a word about reuse.
    public IssuancePolicy(Approval approval, OptionalInt batchSize, Optional<Limit> limit) {
        this(approval, batchSize, limit, Set.of(), Optional.empty());
    }

    public IssuancePolicy {
        purposes = Set.copyOf(purposes);
        proofTypes = Set.copyOf(proofTypes);
        if (batchSize.isPresent() && batchSize.getAsInt() < 1) {
            throw new IllegalArgumentException("batch_size is at least 1");
        }
        if (freshness.filter(longest -> !longest.isPositive()).isPresent()) {
            throw new IllegalArgumentException("freshness is longer than nothing");
        }
    }

    /// Without a word about reuse.
    public IssuancePolicy(Approval approval, OptionalInt batchSize, Optional<Limit> limit, Set<String> purposes) {
        this(approval, batchSize, limit, purposes, Optional.empty());
    }

    /// Who must agree.
    public enum Approval {
        /// Nobody.
        NONE,
        /// Somebody at the issuer, for each request: until then issuance is deferred (§9).
        MANUAL
    }

    /// @param credentials at most so many
    /// @param per in so long a time; times begin at multiples of it since 1970, so that all nodes agree on them
    public record Limit(int credentials, Duration per) {
        public Limit {
            if (credentials < 1) {
                throw new IllegalArgumentException("a limit is at least one credential");
            }
            if (per.toSeconds() < 1) {
                throw new IllegalArgumentException("a limit holds for a second at least");
            }
        }
    }
}
