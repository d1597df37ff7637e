package dev.intaglio.statuslist;

import dev.intaglio.credential.IdentifierReference;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.statuslist.StatusListException.Problem;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The identifiers of all documents that were taken back, signed as CWT (ISO/IEC 18013-5, second edition, §12.3.6.4). It grows
/// with every document in it, and is nearly nothing while there are few.
///
/// @param subject where it is to be had; what documents name as `uri`
/// @param issuedAt in whole seconds
/// @param timeToLive for how long a copy should be used before a fresh one is fetched
/// @param identifiers byte strings
/// @param aggregation where the addresses of the issuer's lists are
public record IdentifierListToken(
        URI subject,
        Instant issuedAt,
        Instant expiresAt,
        Optional<Duration> timeToLive,
        Set<Cbor> identifiers,
        Optional<URI> aggregation) {
    /// The media type.
    public static final String CWT = "application/identifierlist+cwt";

    private static final long IDENTIFIER_LIST = 65_530;
    private static final Cbor NOTHING_MORE = new Cbor.Members(Map.of());

    public IdentifierListToken {
        identifiers = Set.copyOf(identifiers);
    }

    /// The identifiers of documents by their indices.
    public static Set<Cbor> identifiers(IntStream indices) {
        return indices.mapToObj(index -> (Cbor) Cbor.of(IdentifierReference.identifier(index)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Signs it. The key is named by its certificates where it has any.
    public byte[] cwt(SigningKey key) {
        var revoked = LinkedHashMap.<Cbor, Cbor>newLinkedHashMap(identifiers.size());
        identifiers.forEach(id -> revoked.put(id, NOTHING_MORE));
        var list = new LinkedHashMap<Cbor, Cbor>();
        list.put(Cbor.of("identifiers"), new Cbor.Members(revoked));
        aggregation.ifPresent(uri -> list.put(Cbor.of("aggregation_uri"), Cbor.of(uri.toString())));
        return new ListCwt(subject, issuedAt, Optional.of(expiresAt), timeToLive, new Cbor.Members(list))
                .sign(key, CWT, IDENTIFIER_LIST);
    }

    /// Reads one and finds out whether it is to be believed: signed by somebody trusted, about this list, not expired.
    ///
    /// @param uri what the document named
    /// @throws StatusListException if not
    public static IdentifierListToken verify(byte[] content, URI uri, TrustAnchors anchors, Instant now) {
        try {
            var cwt = ListCwt.verify(content, CWT, IDENTIFIER_LIST, anchors, now);
            if (!cwt.subject().equals(uri)) {
                throw new StatusListException(
                        Problem.STATUS_VERIFICATION_ERROR, "sub is not the uri that the document names");
            }
            var expiresAt = cwt.expiresAt().orElseThrow(() -> StatusListException.malformed("exp is missing"));
            if (!now.isBefore(expiresAt)) {
                throw new StatusListException(Problem.STATUS_VERIFICATION_ERROR, "the list has expired");
            }
            return new IdentifierListToken(
                    cwt.subject(),
                    cwt.issuedAt(),
                    expiresAt,
                    cwt.timeToLive(),
                    cwt.list().get("identifiers").members().entries().keySet(),
                    cwt.aggregation());
        } catch (IllegalArgumentException malformed) {
            throw new StatusListException(
                    Problem.MALFORMED_VALUE_ERROR, String.valueOf(malformed.getMessage()), malformed);
        }
    }

    /// Whether the document is revoked.
    public boolean contains(IdentifierReference reference) {
        return identifiers.contains(Cbor.of(reference.bytes()));
    }
}
