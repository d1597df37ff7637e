package dev.intaglio.protocol.dpop;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.protocol.explanation.Explanation;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.nonce.KeyedNonces;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Decides whether a request's DPoP proof is good (RFC 9449, section 4.3): one server's nonces, clock and memory of what was
/// used. What a failure becomes on the wire differs by server, so it is returned, not thrown.
public final class DpopVerifier {
    /// How far clocks may disagree, both ways, for a proof whose age its nonce does not already bound.
    public static final Duration SKEW = Duration.ofSeconds(10);

    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final Set<JWSAlgorithm> ALGORITHMS =
            DpopProof.ALGORITHMS.stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());

    private final Optional<KeyedNonces> nonces;
    private final ReplayGuard replayGuard;
    private final Clock clock;

    /// @param nonces present if proofs must carry a nonce of this server
    public DpopVerifier(Optional<KeyedNonces> nonces, ReplayGuard replayGuard, Clock clock) {
        this.nonces = nonces;
        this.replayGuard = replayGuard;
        this.clock = clock;
    }

    /// What there is to say about a request's proof.
    public sealed interface Outcome {
        /// No `DPoP` header.
        record Absent() implements Outcome {}

        /// A good proof, now used.
        record Proven(DpopProof proof) implements Outcome {}

        /// A nonce of this server is wanted: none came, or one that is too old or not ours.
        record NonceWanted(String freshNonce) implements Outcome {}

        /// @param reason says which rule was broken; holds no value
        /// @param explanation for the wallet's developer
        record Bad(String reason, Explanation explanation) implements Outcome {
            private static Bad of(JsonException broken) {
                return new Bad(String.valueOf(broken.getMessage()), broken.explanation());
            }

            private static Bad of(String reason, String expected, String came) {
                return new Bad(
                        reason,
                        Explanation.of("RFC 9449, 4.3").expected(expected).came(came));
            }
        }
    }

    /// @param accessToken present at a protected resource: then the proof must carry its hash
    public Outcome verify(Request request, Optional<String> accessToken) {
        var headers = request.headers().all(DpopProof.HEADER);
        if (headers.isEmpty()) {
            return new Outcome.Absent();
        }
        if (headers.size() > 1 || headers.getFirst().indexOf(',') >= 0) {
            return Outcome.Bad.of("more than one DPoP proof", "one DPoP header", headers.size() + " or more in a list");
        }
        DpopProof proof;
        try {
            proof = DpopProof.verify(headers.getFirst().strip(), ALGORITHMS)
                    .requireFor(request.method(), request.uri());
        } catch (JsonException broken) {
            return Outcome.Bad.of(broken);
        }
        if (accessToken.isPresent() && !proof.accessTokenHash().equals(accessToken.map(DpopProof::accessTokenHash))) {
            return Outcome.Bad.of(
                    "the DPoP proof's ath is not the hash of the access token",
                    "base64url of the SHA-256 of the access token",
                    proof.accessTokenHash().map(Shown::length).orElse("no ath"));
        }
        var now = clock.instant();
        if (proof.issuedAt().isAfter(now.plus(SKEW))) {
            return Outcome.Bad.of(
                    "the DPoP proof's iat is in the future",
                    "at most " + SKEW.toSeconds() + " s after " + now.getEpochSecond(),
                    String.valueOf(proof.issuedAt().getEpochSecond()));
        }
        if (proof.issuedAt().isBefore(now.minus(MAX_AGE))) {
            return Outcome.Bad.of(
                    "the DPoP proof's iat is more than " + MAX_AGE.toMinutes() + " minutes ago",
                    "at most " + MAX_AGE.toSeconds() + " s before " + now.getEpochSecond(),
                    String.valueOf(proof.issuedAt().getEpochSecond()));
        }
        if (nonces.isPresent()) {
            var good = proof.nonce().map(nonces.get()::check).filter(KeyedNonces.Check.Good.class::isInstance);
            if (good.isEmpty()) {
                return new Outcome.NonceWanted(nonces.get().next());
            }
        }
        var use = SignedJwt.sha256((proof.thumbprint() + ' ' + proof.id()).getBytes(StandardCharsets.UTF_8));
        if (!replayGuard.firstUse(use, proof.issuedAt().plus(MAX_AGE).plus(SKEW))) {
            return Outcome.Bad.of(
                    "the DPoP proof's jti was used before", "a new jti for every request", "one that was used");
        }
        return new Outcome.Proven(proof);
    }

    /// A nonce for the next proof, where this server asks for nonces.
    public Optional<String> freshNonce() {
        return nonces.map(KeyedNonces::next);
    }
}
