package dev.intaglio.cli.inspect;

import dev.intaglio.cli.inspect.Inspected.Verdict;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.Verification;
import dev.intaglio.keys.TrustAnchors;
import java.time.Instant;
import java.util.Optional;

/// Says of a credential, of whichever format, whether it is to be relied on.
final class Judge {
    private final CredentialVerifiers verifiers = CredentialVerifiers.onClassPath();
    private final Optional<TrustAnchors> anchors;
    private final Instant now;

    /// @param anchors whom to trust; empty if that is not asked
    Judge(Optional<TrustAnchors> anchors, Instant now) {
        this.anchors = anchors;
        this.now = now;
    }

    JwtInspection.Signature of(Object credential) {
        if (anchors.isEmpty()) {
            return new JwtInspection.Signature(
                    "whether it is by somebody trusted was not asked (--trust)", Verdict.UNASKED);
        }
        return switch (verifiers.verify(credential, anchors.get(), now)) {
            case Verification.Verified verified ->
                new JwtInspection.Signature(
                        "VERIFIED: by "
                                + (verified.chain().isEmpty() ? "a key" : Certificates.subjects(verified.chain()))
                                + ", whom you trust",
                        Verdict.VERIFIED);
            case Verification.Rejected(var reason, var detail) ->
                new JwtInspection.Signature("REJECTED, " + reason + ": " + detail, Verdict.REJECTED);
        };
    }
}
