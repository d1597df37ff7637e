package dev.intaglio.statuslist;

import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.BitstringStatusListEntry.Message;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.statuslist.StatusListException.Problem;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// The W3C Verifiable Credential (data model 2.0) that holds a [Bitstring] (Bitstring Status List §2.2), before its issuer is
/// named and it is secured, or after its securing was checked.
///
/// @param id where it is to be had; what credentials name as `statusListCredential`
/// @param purpose what a set bit means: `revocation`, `suspension`, `message`, …
/// @param messages what the values mean; only and always with the purpose `message`
public record BitstringStatusListCredential(
        URI id,
        String purpose,
        Bitstring list,
        List<Message> messages,
        Instant validFrom,
        Optional<Instant> validUntil,
        Optional<Duration> timeToLive) {
    private static final String CONTEXT = "https://www.w3.org/ns/credentials/v2";
    private static final String TYPE = "BitstringStatusListCredential";

    public BitstringStatusListCredential {
        messages = List.copyOf(messages);
        if (!messages.isEmpty() && messages.size() != 1 << list.statusSize()) {
            throw StatusListException.malformed("there is one status message for each value");
        }
    }

    /// The document, still without issuer and proof.
    public JsonObject document() {
        var subject = JsonObject.builder()
                .put("id", id + "#list")
                .put("type", "BitstringStatusList")
                .put("statusPurpose", purpose);
        if (list.statusSize() > 1) {
            subject.put("statusSize", list.statusSize());
        }
        subject.putUnlessEmpty(
                "statusMessages",
                messages.stream().map(BitstringStatusListEntry.Message::write).toList());
        timeToLive.ifPresent(time -> subject.put("ttl", time.toMillis()));
        return JsonObject.builder()
                .put("@context", List.of(CONTEXT))
                .put("id", id.toString())
                .put("type", List.of("VerifiableCredential", TYPE))
                .put("validFrom", validFrom.toString())
                .putIf("validUntil", validUntil.map(Instant::toString))
                .put(
                        "credentialSubject",
                        subject.put("encodedList", list.encoded()).build())
                .build();
    }

    /// The status at an index of a list whose securing was checked (§3.2).
    ///
    /// @param document as it was secured
    /// @throws StatusListException with the reason the standard names
    public static int status(JsonObject document, BitstringStatusListEntry entry, Instant now) {
        try {
            var types = strings(document, "type");
            var subject = document.object("credentialSubject");
            if (!types.contains(TYPE) || !strings(subject, "type").contains("BitstringStatusList")) {
                throw StatusListException.malformed("this is no " + TYPE);
            }
            if (document.has("id")
                    && !document.string("id").equals(entry.credential().toString())) {
                throw unverified("the list is another one than the credential names");
            }
            if (!strings(subject, "statusPurpose").contains(entry.purpose())) {
                throw unverified("the list has another purpose than the credential names");
            }
            if (time(document, "validFrom")
                            .filter(now.plusSeconds(60)::isBefore)
                            .isPresent()
                    || time(document, "validUntil")
                            .filter(until -> !now.isBefore(until))
                            .isPresent()) {
                throw unverified("the list is not valid now");
            }
            return Bitstring.read(subject.string("encodedList"), entry.statusSize())
                    .status(entry.index());
        } catch (IllegalArgumentException | DateTimeException malformed) {
            throw new StatusListException(
                    Problem.MALFORMED_VALUE_ERROR, String.valueOf(malformed.getMessage()), malformed);
        }
    }

    private static StatusListException unverified(String message) {
        return new StatusListException(Problem.STATUS_VERIFICATION_ERROR, message);
    }

    private static Optional<Instant> time(JsonObject document, String name) {
        return document.optionalString(name)
                .map(text -> OffsetDateTime.parse(text).toInstant());
    }

    private static List<String> strings(JsonObject object, String name) {
        return object.members().get(name) instanceof String one ? List.of(one) : object.strings(name);
    }
}
