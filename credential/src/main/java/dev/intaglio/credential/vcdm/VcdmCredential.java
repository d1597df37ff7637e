package dev.intaglio.credential.vcdm;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.RejectedException;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.protocol.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What the document of a W3C Verifiable Credential says about itself, read before or after its securing was checked.
///
/// @param type the last of its types
/// @param issuer the identifier of the issuer
/// @param subject the identifier of the one it is about
/// @param status where to look whether it was revoked or suspended; entries of other types are not ours to read
public record VcdmCredential(
        DataModel model,
        String type,
        String issuer,
        Optional<String> subject,
        Optional<Instant> from,
        Optional<Instant> until,
        List<BitstringStatusListEntry> status) {
    /// @throws RejectedException if the document is no credential of either data model
    public static VcdmCredential read(JsonObject document) {
        try {
            var contexts = list(document, "@context");
            var model = contexts.stream()
                    .findFirst()
                    .flatMap(DataModel::of)
                    .orElseThrow(() -> new RejectedException(
                            Reason.TYPE, "the first context is of neither version of the data model"));
            var types = list(document, "type").stream().map(String.class::cast).toList();
            if (!types.contains("VerifiableCredential")) {
                throw new RejectedException(Reason.TYPE, "type does not name VerifiableCredential");
            }
            if (model == DataModel.V1_1 && !document.has(model.from())) {
                throw new RejectedException(Reason.MALFORMED, "issuanceDate is missing");
            }
            return new VcdmCredential(
                    model,
                    types.getLast(),
                    identifier(document, "issuer").orElseThrow(() -> new IllegalArgumentException("issuer has no id")),
                    subject(document),
                    time(document, model.from()),
                    time(document, model.until()),
                    status(document));
        } catch (ClassCastException | DateTimeException | IllegalArgumentException malformed) {
            throw new RejectedException(Reason.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }

    /// The key the subject's DID spells out.
    ///
    /// @throws RejectedException if it should spell one out and does not
    public Optional<JWK> subjectKey() {
        return subject.flatMap(HolderDid::key);
    }

    private static List<Object> list(JsonObject document, String name) {
        var value = document.members().get(name);
        return switch (value) {
            case String one -> List.of(one);
            case List<?> many when many.stream().allMatch(Objects::nonNull) -> List.copyOf(many);
            case null, default -> throw new IllegalArgumentException(name + " is missing or of another kind");
        };
    }

    /// A URI, or an object with an `id`.
    private static Optional<String> identifier(JsonObject document, String name) {
        return document.members().get(name) instanceof String uri
                ? Optional.of(uri)
                : document.object(name).optionalString("id");
    }

    /// Credentials about several subjects are not ours to give and are not read.
    private static Optional<String> subject(JsonObject document) {
        return document.object("credentialSubject").optionalString("id");
    }

    private static Optional<Instant> time(JsonObject document, String name) {
        return document.optionalString(name)
                .map(text -> OffsetDateTime.parse(text).toInstant());
    }

    private static List<BitstringStatusListEntry> status(JsonObject document) {
        var value = document.members().get("credentialStatus");
        var entries = value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
        return entries.stream()
                .filter(Map.class::isInstance)
                .map(entry -> JsonObject.of((Map<?, ?>) entry))
                .filter(entry -> BitstringStatusListEntry.TYPE.equals(
                        entry.optionalString("type").orElse("")))
                .map(BitstringStatusListEntry::read)
                .toList();
    }
}
