package dev.intaglio.credential;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.dpop.DpopProof;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The front door for checking credentials of any format: who signed and who vouches for them, digests and disclosures, whether its
/// time is now, and what was added to be asked besides, such as its status.
///
/// ```java
/// switch (CredentialVerifiers.onClassPath().verify(credential, anchors, clock.instant())) {
///     case Verification.Verified verified -> rely(verified.claims());
///     case Verification.Rejected(var reason, var detail) -> refuse(reason);
/// }
/// ```
///
/// @param all by the formats they read; of two that read one format, the first is asked
/// @param further asked of what is good so far, one after the other
public record CredentialVerifiers(List<CredentialVerifier> all, List<Function<Verified, Verification>> further) {
    public CredentialVerifiers {
        all = List.copyOf(all);
        further = List.copyOf(further);
    }

    public CredentialVerifiers(List<CredentialVerifier> all) {
        this(all, List.of());
    }

    /// Those of every [CredentialFormatProvider] there is.
    public static CredentialVerifiers onClassPath() {
        return new CredentialVerifiers(CredentialFormats.providers().stream()
                .flatMap(provider -> provider.verifiers().stream())
                .toList());
    }

    /// These verifiers, to be asked after the given one.
    public CredentialVerifiers with(CredentialVerifier verifier) {
        return new CredentialVerifiers(
                Stream.concat(Stream.of(verifier), all.stream()).toList(), further);
    }

    /// One more question about credentials that are good so far; the answer is the same credential, or why it is rejected.
    public CredentialVerifiers asking(Function<Verified, Verification> question) {
        return new CredentialVerifiers(
                all, Stream.concat(further.stream(), Stream.of(question)).toList());
    }

    /// @param format a Credential Format Identifier
    public Optional<CredentialVerifier> find(String format) {
        return all.stream().filter(one -> one.reads(format)).findFirst();
    }

    /// Checks a credential of whichever format it is. Never throws for a bad one.
    ///
    /// @param credential as it stood in `credentials[].credential`: a string, or a JSON object
    public Verification verify(Object credential, TrustAnchors anchors, Instant now) {
        Verification outcome = all.stream()
                .filter(one -> one.recognises(credential))
                .findFirst()
                .map(one -> one.verify(credential, anchors, now))
                .orElseGet(() -> new Rejected(Reason.MALFORMED, "no credential of a format that is known here"));
        for (var question : further) {
            if (outcome instanceof Verified verified) {
                outcome = question.apply(verified);
            }
        }
        return outcome;
    }

    /// As [#verify(Object, TrustAnchors, Instant)], and it has to be bound to this key.
    public Verification verify(Object credential, TrustAnchors anchors, Instant now, JWK holder) {
        return switch (verify(credential, anchors, now)) {
            case Rejected rejected -> rejected;
            case Verified verified
            when verified.holderKey()
                    .filter(key -> DpopProof.thumbprint(key).equals(DpopProof.thumbprint(holder)))
                    .isPresent() -> verified;
            case Verified ignored -> new Rejected(Reason.HOLDER_KEY, "the credential is not bound to this key");
        };
    }
}
