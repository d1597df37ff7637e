package dev.intaglio.statuslist;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.cose.CoseSign1;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.X5c;
import dev.intaglio.statuslist.StatusListException.Problem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A list as CWT, whatever it is a list of: a COSE_Sign1 with the tag of that and without that of CWT, the type and the signer
/// in the protected header (Token Status List §5.2; ISO/IEC 18013-5, second edition, §12.3.6.3).
///
/// @param subject where the list is to be had
record ListCwt(
        URI subject, Instant issuedAt, Optional<Instant> expiresAt, Optional<Duration> timeToLive, Cbor.Members list) {
    /// COSE header parameter of RFC 9596, and the claims of §5.2 and RFC 8392.
    private static final long COSE_TYPE = 16;

    private static final long SUBJECT = 2;
    private static final long EXPIRES_AT = 4;
    private static final long ISSUED_AT = 6;
    private static final long TIME_TO_LIVE = 65_534;

    private static final long COSE_SIGN1 = 18;

    /// @param type the media type
    /// @param claim the number of the claim that holds the list
    byte[] sign(SigningKey key, String type, long claim) {
        var claims = new LinkedHashMap<Cbor, Cbor>();
        claims.put(Cbor.of(SUBJECT), Cbor.of(subject.toString()));
        claims.put(Cbor.of(ISSUED_AT), Cbor.of(issuedAt.getEpochSecond()));
        expiresAt.ifPresent(time -> claims.put(Cbor.of(EXPIRES_AT), Cbor.of(time.getEpochSecond())));
        timeToLive.ifPresent(time -> claims.put(Cbor.of(TIME_TO_LIVE), Cbor.of(time.toSeconds())));
        claims.put(Cbor.of(claim), list);
        var signed = CoseSign1.signNaming(
                new Cbor.Members(claims).encoded(), key, Map.of(Cbor.of(COSE_TYPE), Cbor.of(type)));
        return new Cbor.Tag(COSE_SIGN1, signed.write()).encoded();
    }

    /// Nothing is verified.
    ///
    /// @throws StatusListException or [IllegalArgumentException] if it is none
    static ListCwt read(byte[] content, String type, long claim) {
        return read(sign1(content), type, claim);
    }

    /// @throws StatusListException or [IllegalArgumentException] if it is none, or signed by nobody trusted
    static ListCwt verify(byte[] content, String type, long claim, TrustAnchors anchors, Instant now) {
        var signed = sign1(content);
        requireSignature(signed, anchors, now);
        return read(signed, type, claim);
    }

    private static ListCwt read(CoseSign1 signed, String type, long claim) {
        if (!signed.header().find(COSE_TYPE).filter(Cbor.of(type)::equals).isPresent()) {
            throw StatusListException.malformed("the type in the protected header is not " + type);
        }
        var claims = CborReader.read(signed.payload()).members();
        return new ListCwt(
                URI.create(claim(claims, SUBJECT, "sub").text()),
                Instant.ofEpochSecond(claim(claims, ISSUED_AT, "iat").unsigned()),
                claims.find(EXPIRES_AT).map(time -> Instant.ofEpochSecond(time.unsigned())),
                claims.find(TIME_TO_LIVE).map(time -> Duration.ofSeconds(time.unsigned())),
                claim(claims, claim, "the list").members());
    }

    Optional<URI> aggregation() {
        return list.find("aggregation_uri").map(Cbor::text).map(URI::create);
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
        // Not everybody puts the certificates where they are signed.
        var unsigned = signed.x5chain();
        var chain = unsigned.isEmpty() ? CoseSign1.x5chain(signed.header()) : unsigned;
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
}
