package dev.intaglio.authorization.store;

import java.time.Instant;
import java.util.Optional;

/// Validated authorization requests that wait for their users, and the interactions users have about them. References and
/// interaction identifiers are kept as hashes.
///
/// A request may be opened in several interactions (the user reloads the page, or opens a second one), of which one is
/// completed; with it the request and all its other interactions are over.
public interface AuthorizationRequests {
    /// @param referenceHash of the `request_uri`, or of something random where the request was not pushed
    /// @param usableUntil until when it is found by its reference
    /// @param forgetAt until when an interaction about it may be completed; not before `usableUntil`
    void save(String referenceHash, ParkedRequest request, Instant usableUntil, Instant forgetAt);

    /// A request that is not completed yet. Finding it does not use it up (RFC 9126, section 7.3).
    Optional<ParkedRequest> find(String referenceHash, Instant now);

    /// A request that can no longer be opened, but is still remembered: it was completed, or nobody opened it in time. Its
    /// client can be told.
    Optional<ParkedRequest> over(String referenceHash, Instant now);

    /// Begins an interaction about a request.
    void open(String interactionHash, String referenceHash, Instant expiresAt);

    /// The request of an interaction that can still be completed.
    Optional<ParkedRequest> waiting(String interactionHash, Instant now);

    /// Ends an interaction and its request. Of any number of callers, with this or any other
    /// interaction about the same request, at most one receives it.
    Optional<ParkedRequest> complete(String interactionHash, Instant now);
}
