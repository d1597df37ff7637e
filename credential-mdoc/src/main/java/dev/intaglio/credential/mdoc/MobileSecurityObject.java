package dev.intaglio.credential.mdoc;

import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.IdentifierReference;
import dev.intaglio.credential.StatusReference;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Mobile Security Object (ISO/IEC 18013-5 §9.1.2.4): what the issuer signs about a document.
///
/// @param digests of the IssuerSignedItems, by namespace and digest identifier
/// @param deviceKey a COSE_Key
/// @param status where the document's status is kept (Token Status List §6.3.2; second edition §12.3.6.2)
record MobileSecurityObject(
        String digestAlgorithm,
        Map<String, Map<Long, byte[]>> digests,
        Cbor deviceKey,
        String docType,
        Instant signed,
        Instant validFrom,
        Instant validUntil,
        Optional<CredentialStatus> status) {
    private static final String VERSION = "1.0";

    Cbor.Members write() {
        var members = new LinkedHashMap<Cbor, Cbor>();
        members.put(Cbor.of("version"), Cbor.of(VERSION));
        members.put(Cbor.of("digestAlgorithm"), Cbor.of(digestAlgorithm));
        members.put(Cbor.of("valueDigests"), valueDigests());
        members.put(Cbor.of("deviceKeyInfo"), map("deviceKey", deviceKey));
        members.put(Cbor.of("docType"), Cbor.of(docType));
        members.put(
                Cbor.of("validityInfo"),
                new Cbor.Members(Map.of(
                        Cbor.of("signed"), ValueType.tdate(signed),
                        Cbor.of("validFrom"), ValueType.tdate(validFrom),
                        Cbor.of("validUntil"), ValueType.tdate(validUntil))));
        status.ifPresent(one -> members.put(Cbor.of("status"), status(one)));
        return new Cbor.Members(members);
    }

    private Cbor valueDigests() {
        var namespaces = new LinkedHashMap<Cbor, Cbor>();
        digests.forEach((namespace, byId) -> {
            var entries = LinkedHashMap.<Cbor, Cbor>newLinkedHashMap(byId.size());
            byId.forEach((id, digest) -> entries.put(Cbor.of(id), Cbor.of(digest)));
            namespaces.put(Cbor.of(namespace), new Cbor.Members(entries));
        });
        return new Cbor.Members(namespaces);
    }

    private static Cbor map(String key, Cbor value) {
        return new Cbor.Members(Map.of(Cbor.of(key), value));
    }

    private static Cbor status(CredentialStatus status) {
        var lists = new LinkedHashMap<Cbor, Cbor>();
        status.statusList()
                .ifPresent(reference ->
                        lists.put(Cbor.of("status_list"), place("idx", Cbor.of(reference.index()), reference.uri())));
        status.identifierList()
                .ifPresent(reference -> lists.put(
                        Cbor.of("identifier_list"), place("id", Cbor.of(reference.bytes()), reference.uri())));
        return new Cbor.Members(lists);
    }

    private static Cbor place(String name, Cbor value, URI list) {
        return new Cbor.Members(Map.of(Cbor.of(name), value, Cbor.of("uri"), Cbor.of(list.toString())));
    }

    /// @throws IllegalArgumentException or [java.time.DateTimeException] if it is none
    static MobileSecurityObject read(Cbor item) {
        var members = item.members();
        if (!members.get("version").text().equals(VERSION)) {
            throw new CborException("the version of the mobile security object is not " + VERSION);
        }
        var validity = members.get("validityInfo").members();
        return new MobileSecurityObject(
                members.get("digestAlgorithm").text(),
                digests(members.get("valueDigests").members()),
                members.get("deviceKeyInfo").members().get("deviceKey"),
                members.get("docType").text(),
                ValueType.moment(validity.get("signed")),
                ValueType.moment(validity.get("validFrom")),
                ValueType.moment(validity.get("validUntil")),
                members.find("status").flatMap(status -> status(status.members())));
    }

    private static Map<String, Map<Long, byte[]>> digests(Cbor.Members namespaces) {
        var digests = new LinkedHashMap<String, Map<Long, byte[]>>();
        namespaces.entries().forEach((namespace, entries) -> {
            var byId = new LinkedHashMap<Long, byte[]>();
            entries.members().entries().forEach((id, digest) -> byId.put(id.unsigned(), digest.bytes()));
            digests.put(namespace.text(), byId);
        });
        return digests;
    }

    private static Optional<CredentialStatus> status(Cbor.Members lists) {
        var statusList = lists.find("status_list")
                .map(Cbor::members)
                .map(list -> new StatusReference(uri(list), list.get("idx").unsigned()));
        var identifierList = lists.find("identifier_list")
                .map(Cbor::members)
                .map(list -> IdentifierReference.of(uri(list), list.get("id").bytes()));
        return statusList.isEmpty() && identifierList.isEmpty()
                ? Optional.empty() // by means that are still to be invented
                : Optional.of(new CredentialStatus(statusList, identifierList, List.of()));
    }

    private static URI uri(Cbor.Members list) {
        return URI.create(list.get("uri").text());
    }
}
