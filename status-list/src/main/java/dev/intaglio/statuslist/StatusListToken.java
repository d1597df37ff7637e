package dev.intaglio.statuslist;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.RejectedException;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.cose.CoseSign1;
import dev.intaglio.credential.jose.IssuerCheck;
import dev.intaglio.credential.jose.IssuerSignature;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.statuslist.StatusListException.Problem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
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

    /// COSE header parameter of RFC 9596, and the claims of §5.2 and RFC 8392.
    private static final long COSE_TYPE = 16;

    private static final long SUBJECT = 2;
    private static final long EXPIRES_AT = 4;
    private static final long ISSUED_AT = 6;
    private static final long STATUS_LIST = 65_533;
    private static final long TIME_TO_LIVE = 65_534;

    private static final long COSE_SIGN1 = 18;

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
        var claims = new LinkedHashMap<Cbor, Cbor>();
        claims.put(Cbor.of(SUBJECT), Cbor.of(subject.toString()));
        claims.put(Cbor.of(ISSUED_AT), Cbor.of(issuedAt.getEpochSecond()));
        expiresAt.ifPresent(time -> claims.put(Cbor.of(EXPIRES_AT), Cbor.of(time.getEpochSecond())));
        timeToLive.ifPresent(time -> claims.put(Cbor.of(TIME_TO_LIVE), Cbor.of(time.toSeconds())));
        claims.put(Cbor.of(STATUS_LIST), list.cbor(aggregation));
        var signed =
                CoseSign1.signNaming(new Cbor.Members(claims).encoded(), key, Map.of(Cbor.of(COSE_TYPE), Cbor.of(CWT)));
        return new Cbor.Tag(COSE_SIGN1, signed.write()).encoded();
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
            var signed = sign1(content);
            requireSignature(signed, anchors, now);
            return readCwt(content).requireFor(uri, now);
        } catch (IllegalArgumentException malformed) {
            throw malformed(malformed);
        }
    }

    /// A token as CWT. Nothing is verified.
    ///
    /// @throws StatusListException or [IllegalArgumentException] if it is none
    public static StatusListToken readCwt(byte[] content) {
        var signed = sign1(content);
        if (!signed.header().find(COSE_TYPE).filter(Cbor.of(CWT)::equals).isPresent()) {
            throw StatusListException.malformed("the type in the protected header is not " + CWT);
        }
        var claims = CborReader.read(signed.payload()).members();
        var list = claim(claims, STATUS_LIST, "status_list");
        return new StatusListToken(
                URI.create(claim(claims, SUBJECT, "sub").text()),
                Instant.ofEpochSecond(claim(claims, ISSUED_AT, "iat").unsigned()),
                claims.find(EXPIRES_AT).map(time -> Instant.ofEpochSecond(time.unsigned())),
                claims.find(TIME_TO_LIVE).map(time -> Duration.ofSeconds(time.unsigned())),
                StatusList.read(list),
                list.members().find("aggregation_uri").map(Cbor::text).map(URI::create));
    }

    private static Cbor claim(Cbor.Members claims, long number, String name) {
        return claims.find(number).orElseThrow(() -> StatusListException.malformed(name + " is missing"));
    }

    /// Older tokens come without the tag.
    private static CoseSign1 sign1(byte[] content) {
        var item = CborReader.read(content);
        return CoseSign1.read(item instanceof Cbor.Tag(var number, var inner) && number == COSE_SIGN1 ? inner : item);
    }

    private static void requireSignature(CoseSign1 signed, TrustAnchors anchors, Instant now) {
        var chain = signed.x5chain();
        if (chain.isEmpty()) {
            var id = signed.keyId();
            if (anchors.keys().stream()
                    .filter(key -> id.isEmpty() || id.get().equals(key.getKeyID()))
                    .noneMatch(signed::verifies)) {
                throw new StatusListException(
                        Problem.STATUS_VERIFICATION_ERROR, "the signature is not by a key known for its kid");
            }
            return;
        }
        var certificates = X5c.parse(
                chain.stream().map(Base64.getEncoder()::encodeToString).toList());
        if (anchors.check(certificates, now) instanceof TrustAnchors.Untrusted(var reason)) {
            throw new StatusListException(Problem.STATUS_VERIFICATION_ERROR, reason);
        }
        JWK leaf = X5c.publicJwk(certificates.getFirst());
        if (!signed.verifies(leaf)) {
            throw new StatusListException(
                    Problem.STATUS_VERIFICATION_ERROR, "the signature is not by the key of the certificate in x5chain");
        }
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
