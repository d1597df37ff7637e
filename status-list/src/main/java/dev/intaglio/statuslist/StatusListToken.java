package dev.intaglio.statuslist;

import dev.intaglio.credential.RejectedException;
import dev.intaglio.credential.jose.IssuerCheck;
import dev.intaglio.credential.jose.IssuerSignature;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.statuslist.StatusListException.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [StatusList] that somebody answers for: the Status List Token (§5), as JWT or as CWT.
///
/// @param subject where the token is to be had; what credentials name as `uri`
/// @param issuedAt in whole seconds
/// @param expiresAt when it may no longer be relied on
/// @param timeToLive for how long a copy should be used before a fresh one is fetched
/// @param aggregation where the addresses of the issuer's lists are
public record StatusListToken(
        URI subject,
        Instant issuedAt,
        Optional<Instant> expiresAt,
        Optional<Duration> timeToLive,
        StatusList list,
        Optional<URI> aggregation) {
    /// The media type of the form as JWT.
    public static final String JWT = "application/statuslist+jwt";

    /// The media type of the form as CWT.
    public static final String CWT = "application/statuslist+cwt";

    private static final String TYPE = "statuslist+jwt";
    private static final IssuerSignature SIGNATURE = new IssuerSignature(Map.of("typ", TYPE));
    private static final int LONGEST = 4 * 1024 * 1024;

    private static final long STATUS_LIST = 65_533;

    public StatusListToken {
        if (timeToLive.filter(time -> time.toSeconds() < 1).isPresent()) {
            throw StatusListException.malformed("ttl is a positive number of seconds");
        }
    }

    /// The token as JWT (§5.1). The key is named by `x5c` where it has certificates (HAIP 6.1), by `kid` otherwise.
    public String jwt(SigningKey key) {
        var claims = new LinkedHashMap<String, @Nullable Object>();
        claims.put("sub", subject.toString());
        claims.put("iat", issuedAt.getEpochSecond());
        expiresAt.ifPresent(time -> claims.put("exp", time.getEpochSecond()));
        timeToLive.ifPresent(time -> claims.put("ttl", time.toSeconds()));
        claims.put("status_list", list.json(aggregation));
        return SIGNATURE.sign(claims, subject, key).toString(StandardCharsets.US_ASCII);
    }

    /// The token as CWT (§5.2): a tagged COSE_Sign1 without the tag of CWT.
    public byte[] cwt(SigningKey key) {
        return new ListCwt(subject, issuedAt, expiresAt, timeToLive, list.cbor(aggregation))
                .sign(key, CWT, STATUS_LIST);
    }

    /// Reads a token as JWT and finds out whether it is to be believed (§8.3): signed by somebody trusted, about this list,
    /// not expired.
    ///
    /// @param uri what the credential named
    /// @throws StatusListException if not
    public static StatusListToken verifyJwt(String compact, URI uri, TrustAnchors anchors, Instant now) {
        try {
            if (compact.length() > LONGEST) {
                throw StatusListException.malformed("the token is longer than we read");
            }
            var jwt = IssuerCheck.parse(compact);
            if (!jwt.type().filter(TYPE::equals).isPresent()) {
                throw StatusListException.malformed("typ is not " + TYPE);
            }
            IssuerCheck.require(jwt, anchors, now);
            return readJwt(jwt.claims()).requireFor(uri, now);
        } catch (RejectedException rejected) {
            throw unbelievable(rejected);
        } catch (IllegalArgumentException malformed) {
            throw malformed(malformed);
        }
    }

    /// The claims of a token as JWT. Nothing is verified.
    ///
    /// @throws StatusListException or [IllegalArgumentException] if they are none
    public static StatusListToken readJwt(JsonObject claims) {
        var list = claims.object("status_list");
        return new StatusListToken(
                URI.create(claims.string("sub")),
                IssuerCheck.time(claims, "iat").orElseThrow(() -> StatusListException.malformed("iat is missing")),
                IssuerCheck.time(claims, "exp"),
                claims.optionalSeconds("ttl").map(Duration::ofSeconds),
                StatusList.read(list),
                list.optionalString("aggregation_uri").map(URI::create));
    }

    /// Reads a token as CWT and finds out whether it is to be believed (§8.3).
    ///
    /// @throws StatusListException if not
    public static StatusListToken verifyCwt(byte[] content, URI uri, TrustAnchors anchors, Instant now) {
        try {
            return read(ListCwt.verify(content, CWT, STATUS_LIST, anchors, now)).requireFor(uri, now);
        } catch (IllegalArgumentException malformed) {
            throw malformed(malformed);
        }
    }

    /// A token as CWT. Nothing is verified.
    ///
    /// @throws StatusListException or [IllegalArgumentException] if it is none
    public static StatusListToken readCwt(byte[] content) {
        return read(ListCwt.read(content, CWT, STATUS_LIST));
    }

    private static StatusListToken read(ListCwt cwt) {
        return new StatusListToken(
                cwt.subject(),
                cwt.issuedAt(),
                cwt.expiresAt(),
                cwt.timeToLive(),
                StatusList.read(cwt.list()),
                cwt.aggregation());
    }

    /// A token about another list, or one whose time is over, says nothing.
    private StatusListToken requireFor(URI uri, Instant now) {
        if (!Objects.equals(subject, uri)) {
            throw new StatusListException(
                    Problem.STATUS_VERIFICATION_ERROR, "sub is not the uri that the credential names");
        }
        if (expiresAt.filter(time -> !now.isBefore(time)).isPresent()) {
            throw new StatusListException(Problem.STATUS_VERIFICATION_ERROR, "the token has expired");
        }
        return this;
    }

    private static StatusListException unbelievable(RejectedException rejected) {
        return new StatusListException(
                Problem.STATUS_VERIFICATION_ERROR, String.valueOf(rejected.getMessage()), rejected);
    }

    private static StatusListException malformed(IllegalArgumentException malformed) {
        return new StatusListException(
                Problem.MALFORMED_VALUE_ERROR, String.valueOf(malformed.getMessage()), malformed);
    }
}
