package dev.intaglio.issuer.store;

import dev.intaglio.protocol.json.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Which credentials are meant: those that everything said here is true of.
///
/// @param place one index of one list
/// @param issuanceId of one response
/// @param number which credential of that response, from 0
/// @param authorizationId whatever came of one offer, sign-in or deferred transaction
/// @param configurationIds credentials of one of these types in their formats; empty for any
/// @param offer whatever came of one offer, by whichever grant
/// @param transaction the handle of a deferred transaction
/// @param attestation the id of an [AttestationReference]
/// @param issuedFrom not before
/// @param issuedBefore and before
public record StatusSelector(
        Optional<Place> place,
        Optional<String> issuanceId,
        Optional<Integer> number,
        Optional<String> subject,
        Optional<String> authorizationId,
        Optional<String> clientId,
        Optional<String> walletInstance,
        Optional<String> walletProvider,
        Optional<String> attestedKey,
        Optional<String> signingKey,
        Optional<String> offer,
        Optional<String> transaction,
        Optional<String> attestation,
        List<String> configurationIds,
        Optional<Instant> issuedFrom,
        Optional<Instant> issuedBefore) {
    private static final Set<String> MEMBERS = Set.of(
            "list",
            "index",
            "credential",
            "subject",
            "authorization",
            "client",
            "wallet_instance",
            "wallet_provider",
            "attested_key",
            "signing_key",
            "offer",
            "transaction",
            "attestation",
            "configurations",
            "issued_from",
            "issued_before");

    /// In the place of a subject who was erased.
    private static final String ERASED = "(erased)";

    /// An index of a list.
    public record Place(String listId, long index) {
        /// @param list its id, or the address that a credential names it by
        static Place of(String list, long index) {
            var last = list.substring(list.lastIndexOf('/') + 1);
            var dash = last.indexOf('-');
            return new Place(dash < 0 ? last : last.substring(0, dash), index);
        }
    }

    public StatusSelector {
        configurationIds = List.copyOf(configurationIds);
        // What was erased has an empty subject: nobody means all of that.
        if (Stream.of(issuanceId, subject, authorizationId, clientId, walletInstance, walletProvider, attestedKey)
                .flatMap(Optional::stream)
                .anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("what credentials are selected by is not empty");
        }
        if (place.isEmpty()
                && issuanceId.isEmpty()
                && subject.isEmpty()
                && authorizationId.isEmpty()
                && clientId.isEmpty()
                && walletInstance.isEmpty()
                && walletProvider.isEmpty()
                && attestedKey.isEmpty()
                && signingKey.isEmpty()
                && offer.isEmpty()
                && transaction.isEmpty()
                && attestation.isEmpty()
                && configurationIds.isEmpty()
                && issuedFrom.isEmpty()
                && issuedBefore.isEmpty()) {
            throw new IllegalArgumentException("say which credentials: by one or more of " + sorted());
        }
    }

    private static List<String> sorted() {
        return MEMBERS.stream().sorted().toList();
    }

    /// Those issued to one subject.
    public static StatusSelector ofSubject(String subject) {
        return read(JsonObject.builder().put("subject", subject).build());
    }

    /// Those that rest on an attestation.
    public static StatusSelector ofAttestation(AttestationReference reference) {
        return read(JsonObject.builder().put("attestation", reference.id()).build());
    }

    /// One, by its identifier.
    ///
    /// @param id of the response, a dot, and the number in it
    public static StatusSelector ofCredential(String id) {
        return read(JsonObject.builder().put("credential", id).build());
    }

    /// The same, but issued before then.
    public StatusSelector before(Instant time) {
        var earlier = issuedBefore.filter(time::isAfter).or(() -> Optional.of(time));
        return new StatusSelector(
                place,
                issuanceId,
                number,
                subject,
                authorizationId,
                clientId,
                walletInstance,
                walletProvider,
                attestedKey,
                signingKey,
                offer,
                transaction,
                attestation,
                configurationIds,
                issuedFrom,
                earlier);
    }

    /// As it is remembered when the subject was erased: selects what nothing is selected by.
    public StatusSelector withoutSubject() {
        return subject.isEmpty() ? this : read(write().with("subject", ERASED));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .putIf("list", place.map(Place::listId))
                .putIf("index", place.map(Place::index))
                .putIf(
                        "credential",
                        issuanceId.map(id -> id + number.map(one -> "." + one).orElse("")))
                .putIf("subject", subject)
                .putIf("authorization", authorizationId)
                .putIf("client", clientId)
                .putIf("wallet_instance", walletInstance)
                .putIf("wallet_provider", walletProvider)
                .putIf("attested_key", attestedKey)
                .putIf("signing_key", signingKey)
                .putIf("offer", offer)
                .putIf("transaction", transaction)
                .putIf("attestation", attestation)
                .putUnlessEmpty("configurations", configurationIds)
                .putIf("issued_from", issuedFrom.map(Instant::toString))
                .putIf("issued_before", issuedBefore.map(Instant::toString))
                .build();
    }

    /// What is not understood is refused: a misspelt member would select more than was meant.
    ///
    /// @throws IllegalArgumentException saying what is wrong
    public static StatusSelector read(JsonObject json) {
        var unknown = new HashSet<>(json.members().keySet());
        unknown.removeAll(MEMBERS);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no " + unknown.stream().sorted().toList().getFirst() + "; there are " + sorted());
        }
        if (json.has("list") != json.has("index")) {
            throw new IllegalArgumentException("list and index go together");
        }
        var credential = json.optionalString("credential");
        var dot = credential.map(id -> id.indexOf('.')).orElse(-1);
        return new StatusSelector(
                json.optionalString("list").map(list -> Place.of(list, json.integer("index"))),
                credential.map(id -> dot < 0 ? id : id.substring(0, dot)),
                dot < 0 ? Optional.empty() : Optional.of(number(credential.orElseThrow(), dot)),
                json.optionalString("subject"),
                json.optionalString("authorization"),
                json.optionalString("client"),
                json.optionalString("wallet_instance"),
                json.optionalString("wallet_provider"),
                json.optionalString("attested_key"),
                json.optionalString("signing_key"),
                json.optionalString("offer"),
                json.optionalString("transaction"),
                json.optionalString("attestation"),
                json.optionalStrings("configurations").orElse(List.of()),
                time(json, "issued_from"),
                time(json, "issued_before"));
    }

    private static int number(String credential, int dot) {
        var number = credential.substring(dot + 1);
        if (!number.matches("\\d{1,4}")) {
            throw new IllegalArgumentException("a credential is the id of its issuance, a dot, and its number in it");
        }
        return Integer.parseInt(number);
    }

    private static Optional<Instant> time(JsonObject json, String name) {
        try {
            return json.optionalString(name).map(Instant::parse);
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException(name + " is a time such as 2026-11-03T10:15:30Z", malformed);
        }
    }

    /// Whether a credential of an issuance is meant, wherever it was issued.
    ///
    /// @param position which credential of the response
    public boolean selects(IssuanceRecord issuance, int position) {
        var origin = issuance.origin();
        return issuanceId.map(issuance.id()::equals).orElse(true)
                && number.map(wanted -> wanted == position).orElse(true)
                && subject.map(issuance.subject()::equals).orElse(true)
                && authorizationId.map(issuance.authorizationId()::equals).orElse(true)
                && same(clientId, origin.clientId())
                && same(walletInstance, origin.walletInstance())
                && same(walletProvider, origin.walletProvider())
                && same(signingKey, issuance.signed().map(IssuanceRecord.Signed::key))
                && same(offer, origin.offer())
                && same(transaction, origin.transaction())
                && attestation
                        .map(wanted -> origin.attestations().stream()
                                .map(AttestationReference::id)
                                .anyMatch(wanted::equals))
                        .orElse(true)
                && attestedKey
                        .map(wanted -> position < origin.attestedKeys().size()
                                && origin.attestedKeys().get(position).equals(wanted))
                        .orElse(true)
                && (configurationIds.isEmpty() || configurationIds.contains(issuance.configurationId()))
                && issuedFrom.map(time -> !issuance.issuedAt().isBefore(time)).orElse(true)
                && issuedBefore.map(issuance.issuedAt()::isBefore).orElse(true)
                && place.map(wanted -> issuance.status()
                                .filter(status -> status.listId().equals(wanted.listId())
                                        && status.indices().get(position) == wanted.index())
                                .isPresent())
                        .orElse(true);
    }

    private static boolean same(Optional<String> wanted, Optional<String> actual) {
        return wanted.isEmpty() || wanted.equals(actual);
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "StatusSelector" + write().members().keySet();
    }
}
