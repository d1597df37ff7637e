package dev.intaglio.credential;

import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.List;

/// Where one kind of status of a W3C credential is to be read (Bitstring Status List §2.1).
///
/// @param credential the address of the list (`statusListCredential`)
/// @param purpose what a set bit means: `revocation`, `suspension`, `message`, …
/// @param statusSize the bits of one status
/// @param messages what the values mean (`statusMessage`); needed where a status has more than one bit
public record BitstringStatusListEntry(
        URI credential, long index, String purpose, int statusSize, List<Message> messages) {
    public static final String TYPE = "BitstringStatusListEntry";

    /// The bits tell what is the matter.
    public static final String MESSAGE = "message";

    /// What one value means, for developers.
    public record Message(int value, String text) {
        public JsonObject write() {
            return JsonObject.builder()
                    .put("status", "0x" + Integer.toHexString(value))
                    .put("message", text)
                    .build();
        }

        static Message read(JsonObject json) {
            return new Message(Integer.decode(json.string("status")), json.string("message"));
        }
    }

    public BitstringStatusListEntry {
        messages = List.copyOf(messages);
        if (index < 0) {
            throw new IllegalArgumentException("the index in a status list is not negative");
        }
        if (statusSize < 1 || statusSize > 8) {
            throw new IllegalArgumentException("statusSize is a number from 1 to 8");
        }
        if (statusSize > 1 && messages.size() != 1 << statusSize) {
            throw new IllegalArgumentException("statusMessage says what each value of " + statusSize + " bits means");
        }
    }

    /// An entry of one bit.
    public BitstringStatusListEntry(URI credential, long index, String purpose) {
        this(credential, index, purpose, 1, List.of());
    }

    public JsonObject write() {
        var entry = JsonObject.builder()
                .put("type", TYPE)
                .put("statusPurpose", purpose)
                .put("statusListIndex", Long.toString(index))
                .put("statusListCredential", credential.toString());
        if (statusSize > 1) {
            entry.put("statusSize", statusSize);
        }
        return entry.putUnlessEmpty(
                        "statusMessage", messages.stream().map(Message::write).toList())
                .build();
    }

    /// @throws IllegalArgumentException if it is none
    public static BitstringStatusListEntry read(JsonObject json) {
        var size = json.optionalInteger("statusSize").orElse(1L);
        return new BitstringStatusListEntry(
                URI.create(json.string("statusListCredential")),
                Long.parseLong(json.string("statusListIndex")),
                json.string("statusPurpose"),
                (int) Math.clamp(size, 0L, 9L),
                json.optionalObjects("statusMessage").orElse(List.of()).stream()
                        .map(Message::read)
                        .toList());
    }
}
