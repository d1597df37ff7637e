package dev.intaglio.credential.mdoc;

import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborException;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.cbor.CborWriter;
import dev.intaglio.credential.cose.CoseSign1;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An IssuerSigned structure (ISO/IEC 18013-5 §8.3.2.1.2.2): the data elements and the issuer's signature over their
/// digests. This is what a Credential Response carries, in base64url (App. A.2.4 of OpenID4VCI).
record IssuerSigned(Map<String, List<Item>> namespaces, CoseSign1 issuerAuth) {
    private static final String NAMESPACES = "nameSpaces";
    private static final String ISSUER_AUTH = "issuerAuth";
    private static final int MAX_TEXT = CborReader.MAX_LENGTH / 3 * 4;

    /// An IssuerSignedItem in the bytes it is hashed in: tag, length and all.
    ///
    /// @param encoded the IssuerSignedItemBytes
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(long digestId, byte[] random, String identifier, Cbor value, byte[] encoded) {
        // In the order of their encodings, which for texts is by length.
        private static final byte[] RANDOM = Cbor.of("random").encoded();
        private static final byte[] DIGEST_ID = Cbor.of("digestID").encoded();
        private static final byte[] ELEMENT_VALUE = Cbor.of("elementValue").encoded();
        private static final byte[] ELEMENT_IDENTIFIER =
                Cbor.of("elementIdentifier").encoded();

        static Item of(long digestId, byte[] random, String identifier, Cbor value) {
            var item = new CborWriter()
                    .map(4)
                    .raw(RANDOM)
                    .bytes(random)
                    .raw(DIGEST_ID)
                    .integer(digestId)
                    .raw(ELEMENT_VALUE)
                    .write(value)
                    .raw(ELEMENT_IDENTIFIER)
                    .text(identifier)
                    .toByteArray();
            var encoded = new CborWriter(item.length + 6)
                    .tag(Cbor.ENCODED)
                    .bytes(item)
                    .toByteArray();
            return new Item(digestId, random, identifier, value, encoded);
        }

        /// A reader keeps no byte of an item but those of the byte string, whose head has one shortest form. An item that
        /// came in another form does not have the digest the issuer computed from it, and is refused for that.
        private static Item read(Cbor tagged) {
            var bytes = tagged.tagged(Cbor.ENCODED).bytes();
            var members = CborReader.read(bytes).members();
            return new Item(
                    members.get("digestID").unsigned(),
                    members.get("random").bytes(),
                    members.get("elementIdentifier").text(),
                    members.get("elementValue"),
                    new CborWriter(bytes.length + 6)
                            .tag(Cbor.ENCODED)
                            .bytes(bytes)
                            .toByteArray());
        }
    }

    /// As it stands in a Credential Response.
    String write() {
        var size = namespaces.values().stream()
                .flatMap(List::stream)
                .mapToInt(item -> item.encoded().length)
                .sum();
        var writer = new CborWriter(size + 2 * 1024);
        writer.map(2).text(ISSUER_AUTH).write(issuerAuth.write());
        writer.text(NAMESPACES).map(namespaces.size());
        namespaces.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(IssuerSigned::byEncoding))
                .forEach(namespace -> {
                    writer.text(namespace.getKey()).array(namespace.getValue().size());
                    namespace.getValue().forEach(item -> writer.raw(item.encoded()));
                });
        return Base64.getUrlEncoder().withoutPadding().encodeToString(writer.toByteArray());
    }

    private static int byEncoding(String one, String other) {
        return Arrays.compareUnsigned(Cbor.of(one).encoded(), Cbor.of(other).encoded());
    }

    /// @throws IllegalArgumentException if it is none
    static IssuerSigned read(String text) {
        return read(decoded(text));
    }

    static IssuerSigned read(byte[] bytes) {
        var members = CborReader.read(bytes).members();
        var namespaces = new LinkedHashMap<String, List<Item>>();
        members.get(NAMESPACES).members().entries().forEach((namespace, array) -> {
            if (!(array instanceof Cbor.Array(var elements))) {
                throw new CborException("expected an array");
            }
            var items = new ArrayList<Item>(elements.size());
            elements.forEach(element -> items.add(Item.read(element)));
            namespaces.put(namespace.text(), items);
        });
        return new IssuerSigned(namespaces, CoseSign1.read(members.get(ISSUER_AUTH)));
    }

    /// What is signed.
    ///
    /// @throws IllegalArgumentException or [java.time.DateTimeException] if it is no Mobile Security Object
    MobileSecurityObject securityObject() {
        var payload = CborReader.read(issuerAuth.payload()).tagged(Cbor.ENCODED).bytes();
        return MobileSecurityObject.read(CborReader.read(payload));
    }

    /// One text for one sequence of bytes: no padding, no characters outside the alphabet, no bits that say nothing.
    private static byte[] decoded(String text) {
        if (text.length() > MAX_TEXT) {
            throw new CborException("longer than " + MAX_TEXT + " characters");
        }
        var bytes = Base64.getUrlDecoder().decode(text);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
            throw new CborException("not base64url without padding");
        }
        return bytes;
    }
}
