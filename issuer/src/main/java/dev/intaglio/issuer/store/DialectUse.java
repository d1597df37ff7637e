package dev.intaglio.issuer.store;

import java.time.Instant;

/// How often one kind of wallet was spoken with in one dialect.
///
/// @param dialect such as `1.0`
/// @param clientId empty for anonymous wallets
/// @param attester who attests the wallet, by the `iss` of its attestations; empty if nobody does or it is not known
/// @param agent the first product of its `User-Agent`, such as `okhttp`; empty if it has none
/// @param issuances how many Credential Requests ended in credentials
/// @param refusals how many requests were refused because the dialect is not understood, or not any more
public record DialectUse(
        String dialect,
        String clientId,
        String attester,
        String agent,
        long issuances,
        long refusals,
        Instant first,
        Instant last) {
    /// The same, both taken together.
    public DialectUse and(DialectUse other) {
        return new DialectUse(
                dialect,
                clientId,
                attester,
                agent,
                issuances + other.issuances,
                refusals + other.refusals,
                first.isBefore(other.first) ? first : other.first,
                last.isAfter(other.last) ? last : other.last);
    }
}
