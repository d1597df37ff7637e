package dev.intaglio.credential.dataintegrity;

import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborReader;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The `proofValue` of `ecdsa-sd-2023`: what it holds besides the issuer's signature (Data Integrity ECDSA §3.5.2 and §3.5.7).
sealed interface SelectiveProofValue {
    /// By the issuer, over a hash of what is always shown.
    byte[] baseSignature();

    /// That made [#signatures], as a Multikey; it is used for this one document.
    byte[] publicKey();

    /// Of single statements that need not be shown.
    List<byte[]> signatures();

    /// As the issuer gives it, for the holder alone.
    ///
    /// @param hmacKey makes the labels of blank nodes, which nobody shall guess
    record Base(
            byte[] baseSignature,
            byte[] publicKey,
            byte[] hmacKey,
            List<byte[]> signatures,
            List<String> mandatoryPointers)
            implements SelectiveProofValue {
        private static final long TAG = 0x5d00;

        @Override
        public Cbor write() {
            return new Cbor.Tag(
                    TAG,
                    new Cbor.Array(List.of(
                            Cbor.of(baseSignature),
                            Cbor.of(publicKey),
                            Cbor.of(hmacKey),
                            new Cbor.Array(
                                    signatures.stream().<Cbor>map(Cbor::of).toList()),
                            new Cbor.Array(mandatoryPointers.stream()
                                    .<Cbor>map(Cbor::of)
                                    .toList()))));
        }
    }

    /// As the holder shows it.
    ///
    /// @param labels of blank nodes, by what RDFC-1.0 calls them in the part that is shown
    /// @param mandatoryIndexes which of the statements shown are those always shown
    record Derived(
            byte[] baseSignature,
            byte[] publicKey,
            List<byte[]> signatures,
            Map<String, String> labels,
            List<Integer> mandatoryIndexes)
            implements SelectiveProofValue {
        private static final long TAG = 0x5d01;
        private static final String NODE = "c14n";

        @Override
        public Cbor write() {
            var compressed = new TreeMap<Integer, Cbor>();
            labels.forEach((node, label) -> compressed.put(
                    Integer.valueOf(node.substring(NODE.length())),
                    Cbor.of(Base64.getUrlDecoder().decode(label.substring(1)))));
            var entries = new LinkedHashMap<Cbor, Cbor>();
            compressed.forEach((node, label) -> entries.put(Cbor.of(node), label));
            return new Cbor.Tag(
                    TAG,
                    new Cbor.Array(List.of(
                            Cbor.of(baseSignature),
                            Cbor.of(publicKey),
                            new Cbor.Array(
                                    signatures.stream().<Cbor>map(Cbor::of).toList()),
                            new Cbor.Members(entries),
                            new Cbor.Array(mandatoryIndexes.stream()
                                    .<Cbor>map(Cbor::of)
                                    .toList()))));
        }
    }

    Cbor write();

    /// In base64url after a `u`.
    default String text() {
        return "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(write().encoded());
    }

    /// @throws IllegalArgumentException if it is neither
    static SelectiveProofValue read(String text) {
        if (!text.startsWith("u")) {
            throw new IllegalArgumentException("the proofValue is not in base64url");
        }
        var bytes = Base64.getUrlDecoder().decode(text.substring(1));
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text.substring(1))) {
            throw new IllegalArgumentException("the proofValue is not in canonical base64url");
        }
        if (!(CborReader.read(bytes) instanceof Cbor.Tag(var tag, var content))) {
            throw new IllegalArgumentException("the proofValue is neither that of a base proof nor of a derived one");
        }
        var parts = content.elements(5);
        if (tag == Base.TAG) {
            return new Base(
                    parts.get(0).bytes(),
                    parts.get(1).bytes(),
                    parts.get(2).bytes(),
                    all(parts.get(3)).stream().map(Cbor::bytes).toList(),
                    all(parts.get(4)).stream().map(Cbor::text).toList());
        }
        if (tag != Derived.TAG) {
            throw new IllegalArgumentException("the proofValue is neither that of a base proof nor of a derived one");
        }
        var labels = new LinkedHashMap<String, String>();
        parts.get(3)
                .members()
                .entries()
                .forEach((node, label) -> labels.put(
                        Derived.NODE + node.unsigned(),
                        "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(label.bytes())));
        return new Derived(
                parts.get(0).bytes(),
                parts.get(1).bytes(),
                all(parts.get(2)).stream().map(Cbor::bytes).toList(),
                labels,
                all(parts.get(4)).stream().map(SelectiveProofValue::index).toList());
    }

    private static int index(Cbor number) {
        if (number.unsigned() > CborReader.MAX_LENGTH) {
            throw new IllegalArgumentException("the proofValue has an index that is out of all bounds");
        }
        return (int) number.unsigned();
    }

    private static List<Cbor> all(Cbor array) {
        if (array instanceof Cbor.Array(var elements)) {
            return elements;
        }
        throw new IllegalArgumentException("the proofValue has something else where an array should be");
    }
}
