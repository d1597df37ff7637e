package dev.intaglio.issuer.log;

import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// Proves to somebody who has nothing but this that the issuance of one credential is in the log: the record, the way from it to
/// the root of a signed checkpoint, and what opens the record's commitment to the credential. It opens no other commitment.
///
/// @param issuanceId the credential's issuance
/// @param number which credential of it, from 0
/// @param opening from which the commitment is computed, with the thumbprint of the credential's key
/// @param path hashes from the record to the root (RFC 9162, section 2.1.3.1), base64url
public record InclusionProof(
        String issuanceId, int number, String opening, String record, List<String> path, String checkpoint) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /// What a proof shows.
    ///
    /// @param keyMatches whether the record is about a credential with the given key; empty if none was given
    public record Shown(LogRecord record, Checkpoint checkpoint, Optional<Boolean> keyMatches) {}

    /// @param thumbprint of the key the credential at hand is bound to (RFC 7638); `""` for one bound to no key; empty if there
    ///     is no credential at hand
    /// @throws IllegalArgumentException saying what is wrong with the proof
    public Shown verify(CheckpointKeys keys, Optional<String> thumbprint) {
        var read = LogRecord.read(record);
        var signed = Checkpoint.read(checkpoint);
        keys.fault(signed).ifPresent(fault -> {
            throw new IllegalArgumentException("the checkpoint does not count: " + fault);
        });
        var root = MerkleTree.root(
                read.leaf(),
                read.index(),
                signed.size(),
                path.stream().map(LogRecord::hash).toList());
        if (!LogRecord.text(root).equals(signed.root())) {
            throw new IllegalArgumentException("the record is not in the log that the checkpoint is about");
        }
        if (!read.kind().equals(LogEvents.ISSUED)) {
            throw new IllegalArgumentException("the record is not about an issuance");
        }
        return new Shown(read, signed, thumbprint.map(key -> matches(read, key)));
    }

    private boolean matches(LogRecord read, String thumbprint) {
        var commitments = read.content().strings("credentials");
        var key = thumbprint.isEmpty() ? Optional.<String>empty() : Optional.of(thumbprint);
        return number >= 0
                && number < commitments.size()
                && commitments.get(number).equals(Commitments.credential(opening, issuanceId, number, key));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("credential", issuanceId + "." + number)
                .put("opening", opening)
                .put("record", record)
                .put("path", path)
                .put("checkpoint", checkpoint)
                .build();
    }

    /// @throws IllegalArgumentException if it is no proof
    public static InclusionProof read(JsonObject json) {
        try {
            var credential = json.string("credential");
            var dot = credential.lastIndexOf('.');
            if (dot < 0) {
                throw new IllegalArgumentException("credential is the id of an issuance, a dot and a number");
            }
            return new InclusionProof(
                    credential.substring(0, dot),
                    Integer.parseInt(credential.substring(dot + 1)),
                    json.string("opening"),
                    json.string("record"),
                    json.strings("path"),
                    json.string("checkpoint"));
        } catch (JsonException | NumberFormatException malformed) {
            throw new IllegalArgumentException("this is no proof of inclusion: " + malformed.getMessage());
        }
    }

    /// Without what opens the commitment.
    @Override
    public String toString() {
        return "InclusionProof[" + issuanceId + "." + number + "]";
    }
}
