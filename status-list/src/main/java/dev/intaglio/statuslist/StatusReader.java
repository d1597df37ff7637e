package dev.intaglio.statuslist;

import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.IdentifierReference;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import dev.intaglio.statuslist.StatusListException.Problem;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out what became of credentials that were verified (Token Status List §8.3, Bitstring Status List §3.2): fetches the
/// lists they name, believes those of the credential's own issuer or of somebody trusted, and keeps them for as long as they
/// allow. An address from which none came is not asked again for ten seconds. Safe to share.
///
/// ```java
/// var reader = new StatusReader(new PublicTransport(JdkTransport.create()), anchors, verifiers, clock);
/// var standing = reader.read(verified);
/// ```
///
/// Whole lists are fetched, so the issuer does not learn which credential was shown.
public final class StatusReader {
    private static final int MOST_KEPT = 256;
    private static final int LONGEST = 4 * 1024 * 1024;
    private static final Duration SHORTEST_KEPT = Duration.ofSeconds(1);
    private static final Duration LONGEST_KEPT = Duration.ofHours(12);

    /// After an address gave none: somebody who shows many credentials of a dead list has it asked for once.
    private static final Duration NOT_AGAIN = Duration.ofSeconds(10);

    private static final JsonLimits LIMITS = new JsonLimits(LONGEST, 32);
    private static final String TOKENS = StatusListToken.JWT + ", " + StatusListToken.CWT + ";q=0.9";
    private static final String CREDENTIALS = "application/vc+jwt, application/vc, application/json;q=0.5";

    private final Handler transport;
    private final TrustAnchors anchors;
    private final CredentialVerifiers verifiers;
    private final Clock clock;
    private final Map<URI, Kept> kept = new LinkedHashMap<>();

    /// Apart from what is kept, so that made-up addresses push no list out.
    private final Map<URI, Failed> failed = new LinkedHashMap<>();

    /// What was fetched and verified, and until when it serves.
    private record Kept(Object list, Instant until) {}

    /// Why nothing came, and until when that is not tried again.
    private record Failed(StatusListException problem, Instant until) {}

    /// @param transport for addresses that credentials name: see [dev.intaglio.protocol.did.PublicTransport]
    /// @param anchors whom status lists are believed of, besides the issuer of the credential
    /// @param verifiers for lists that are W3C credentials
    public StatusReader(Handler transport, TrustAnchors anchors, CredentialVerifiers verifiers, Clock clock) {
        this.transport = transport;
        this.anchors = anchors;
        this.verifiers = verifiers;
        this.clock = clock;
    }

    /// What its lists say of a credential: the worst, if there are several.
    ///
    /// @return valid too if it names no list
    public Standing read(Verified credential) {
        if (credential.status().isEmpty()) {
            return new Standing.Valid();
        }
        var status = credential.status().get();
        try {
            var standing = status.statusList().map(this::inToken).orElseGet(Standing.Valid::new);
            if (standing instanceof Standing.Valid) {
                standing = status.identifierList().map(this::inIdentifiers).orElse(standing);
            }
            for (var entry : status.entries()) {
                if (standing instanceof Standing.Valid) {
                    standing = inCredential(entry, credential);
                }
            }
            return standing;
        } catch (StatusListException problem) {
            return new Standing.Unavailable(problem.problem(), String.valueOf(problem.getMessage()));
        }
    }

    /// What a Token Status List says of what is no credential but has the claim `status`, such as an attestation
    /// (OpenID4VCI App. D.1 and E).
    ///
    /// @param status the claim as it stands
    /// @return unavailable if it names no Token Status List
    public Standing read(JsonObject status) {
        try {
            return StatusReference.in(JsonObject.builder().put("status", status).build())
                    .map(this::inToken)
                    .orElseGet(() -> new Standing.Unavailable(
                            Problem.MALFORMED_VALUE_ERROR, "status names no Token Status List"));
        } catch (StatusListException problem) {
            return new Standing.Unavailable(problem.problem(), String.valueOf(problem.getMessage()));
        } catch (IllegalArgumentException malformed) {
            return new Standing.Unavailable(Problem.MALFORMED_VALUE_ERROR, String.valueOf(malformed.getMessage()));
        }
    }

    /// A question for [CredentialVerifiers#asking]: a credential is rejected unless its lists say that it is good.
    public Verification ask(Verified credential) {
        return switch (read(credential)) {
            case Standing.Valid() -> credential;
            case Standing.Revoked() -> new Rejected(Reason.REVOKED, "its issuer has taken it back");
            case Standing.Suspended() -> new Rejected(Reason.SUSPENDED, "its issuer has suspended it");
            case Standing.Other(var value) ->
                new Rejected(
                        Reason.STATUS_UNAVAILABLE, "its status is " + value + ", whose meaning only its issuer knows");
            case Standing.Unavailable(var problem, var detail) ->
                new Rejected(Reason.STATUS_UNAVAILABLE, problem + ": " + detail);
        };
    }

    /// Forgets what was fetched.
    public synchronized void forget() {
        kept.clear();
        failed.clear();
    }

    private Standing inToken(StatusReference reference) {
        var list = find(reference.uri(), StatusList.class).orElseGet(() -> {
            var token = token(reference.uri());
            keep(reference.uri(), token.list(), token.timeToLive(), token.expiresAt());
            return token.list();
        });
        var value = list.status(reference.index());
        return StatusType.of(value)
                .<Standing>map(type -> switch (type) {
                    case VALID -> new Standing.Valid();
                    case INVALID -> new Standing.Revoked();
                    case SUSPENDED -> new Standing.Suspended();
                })
                .orElseGet(() -> new Standing.Other(value));
    }

    private Standing inIdentifiers(IdentifierReference reference) {
        var list = find(reference.uri(), IdentifierListToken.class).orElseGet(() -> {
            var response = fetch(reference.uri(), IdentifierListToken.CWT);
            var token = IdentifierListToken.verify(response.body(), reference.uri(), anchors, clock.instant());
            keep(reference.uri(), token, token.timeToLive(), Optional.of(token.expiresAt()));
            return token;
        });
        return list.contains(reference) ? new Standing.Revoked() : new Standing.Valid();
    }

    private StatusListToken token(URI uri) {
        var response = fetch(uri, TOKENS);
        var now = clock.instant();
        return response.mediaType().equals(StatusListToken.CWT)
                ? StatusListToken.verifyCwt(response.body(), uri, anchors, now)
                : StatusListToken.verifyJwt(response.bodyText().strip(), uri, anchors, now);
    }

    private Standing inCredential(BitstringStatusListEntry entry, Verified credential) {
        var document = find(entry.credential(), JsonObject.class).orElseGet(() -> {
            var fetched = document(entry.credential(), credential);
            keep(entry.credential(), fetched, timeToLive(fetched), validUntil(fetched));
            return fetched;
        });
        var value = BitstringStatusListCredential.status(document, entry, clock.instant());
        if (value == 0) {
            return new Standing.Valid();
        }
        return switch (entry.purpose()) {
            case "revocation" -> new Standing.Revoked();
            case "suspension" -> new Standing.Suspended();
            default -> new Standing.Other(value);
        };
    }

    private static Optional<Duration> timeToLive(JsonObject document) {
        return document.optionalObject("credentialSubject")
                .flatMap(subject -> subject.optionalInteger("ttl"))
                .map(Duration::ofMillis);
    }

    private static Optional<Instant> validUntil(JsonObject document) {
        try {
            return document.optionalString("validUntil")
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException malformed) {
            return Optional.of(Instant.MIN); // is told when its entry is read
        }
    }

    private JsonObject document(URI uri, Verified credential) {
        var response = fetch(uri, CREDENTIALS);
        var text = response.bodyText().strip();
        var proven = text.startsWith("{");
        var verifier = verifiers
                .find(proven ? "ldp_vc" : "vc+jwt")
                .orElseThrow(() -> new StatusListException(
                        Problem.STATUS_VERIFICATION_ERROR, "status lists secured in this way cannot be verified here"));
        var found = verifier.verify(
                proven ? Json.readObject(response.body(), LIMITS) : text, believed(credential), clock.instant());
        return switch (found) {
            case Verified verified -> verified.claims();
            case Verification.Rejected(var reason, var detail) ->
                throw new StatusListException(Problem.STATUS_VERIFICATION_ERROR, reason + ": " + detail);
        };
    }

    /// An issuer that its credential names by a key is believed by that key.
    private TrustAnchors believed(Verified credential) {
        var issuer = credential.claims().members().get("issuer");
        return issuer instanceof String did && (did.startsWith("did:key:") || did.startsWith("did:jwk:"))
                ? anchors.with(List.of(DidKeys.resolve(did)))
                : anchors;
    }

    private Response fetch(URI uri, String accept) {
        var before = failure(uri);
        if (before.isPresent()) {
            throw new StatusListException(
                    before.get().problem(), "a moment ago: " + before.get().getMessage(), before.get());
        }
        try {
            return fetched(uri, accept);
        } catch (StatusListException problem) {
            remember(uri, problem);
            throw problem;
        }
    }

    private Response fetched(URI uri, String accept) {
        Response response;
        try {
            response = transport.handle(Request.get(uri).with("Accept", accept));
        } catch (UncheckedIOException unreachable) {
            throw new StatusListException(
                    Problem.STATUS_RETRIEVAL_ERROR,
                    "no status list comes from its address: " + String.valueOf(unreachable.getMessage()),
                    unreachable);
        } catch (IllegalArgumentException impossible) {
            throw new StatusListException(
                    Problem.STATUS_RETRIEVAL_ERROR, "no status list comes from its address", impossible);
        }
        if (!response.successful()) {
            throw new StatusListException(
                    Problem.STATUS_RETRIEVAL_ERROR, "instead of a status list came " + response.status());
        }
        if (response.body().length > LONGEST) {
            throw new StatusListException(
                    Problem.STATUS_RETRIEVAL_ERROR, "the status list is longer than " + LONGEST + " bytes");
        }
        return response;
    }

    private synchronized Optional<StatusListException> failure(URI uri) {
        return Optional.ofNullable(failed.get(uri))
                .filter(failure -> clock.instant().isBefore(failure.until()))
                .map(Failed::problem);
    }

    private synchronized void remember(URI uri, StatusListException problem) {
        makeRoom(failed);
        failed.put(uri, new Failed(problem, clock.instant().plus(NOT_AGAIN)));
    }

    private static void makeRoom(Map<URI, ?> among) {
        if (among.size() >= MOST_KEPT) {
            among.remove(among.keySet().iterator().next());
        }
    }

    private synchronized <T> Optional<T> find(URI uri, Class<T> kind) {
        return Optional.ofNullable(kept.get(uri))
                .filter(list -> clock.instant().isBefore(list.until()))
                .map(Kept::list)
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private synchronized void keep(URI uri, Object list, Optional<Duration> timeToLive, Optional<Instant> expiresAt) {
        var longest = timeToLive.orElse(SHORTEST_KEPT);
        var until = clock.instant().plus(longest.compareTo(LONGEST_KEPT) > 0 ? LONGEST_KEPT : longest);
        makeRoom(kept);
        kept.put(uri, new Kept(list, expiresAt.filter(until::isAfter).orElse(until)));
    }
}
