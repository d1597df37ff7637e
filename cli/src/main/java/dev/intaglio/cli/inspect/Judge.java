package dev.intaglio.cli.inspect;

import dev.intaglio.cli.inspect.Inspected.Verdict;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.Verification;
import dev.intaglio.keys.TrustAnchors;
import java.time.Instant;
import java.util.Optional;

/// Says of a credential, of whichever format, whether it is to be relied on.
final class Judge {
    private final CredentialVerifiers verifiers;
    private final Optional<TrustAnchors> anchors;
    private final Instant now;

    /// @param anchors whom to trust; empty if that is not asked
    /// @param verifiers if they ask for more, then for the status
    Judge(Optional<TrustAnchors> anchors, CredentialVerifiers verifiers, Instant now) {
        this.verifiers = verifiers;
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
                                + ", whom you trust" + status(verified),
                        Verdict.VERIFIED);
            case Verification.Rejected(var reason, var detail) ->
                new JwtInspection.Signature("REJECTED, " + reason + ": " + detail, Verdict.REJECTED);
        };
    }

    private String status(Verification.Verified verified) {
        if (verified.status().isEmpty()) {
            return "";
        }
        return verifiers.further().isEmpty()
                ? "; whether it was taken back was not asked (--status)"
                : "; its status list says that it is valid";
    }
}
