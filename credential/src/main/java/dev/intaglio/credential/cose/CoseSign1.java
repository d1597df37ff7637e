package dev.intaglio.credential.cose;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.cbor.Cbor;
import dev.intaglio.credential.cbor.CborException;
import dev.intaglio.credential.cbor.CborReader;
import dev.intaglio.credential.cbor.CborWriter;
import dev.intaglio.keys.Signatures;
import dev.intaglio.keys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A COSE_Sign1 (RFC 9052 §4.2), untagged, that brings its payload along.
///
/// @param protectedHeader as it was signed
/// @param unprotectedHeader not signed
public record CoseSign1(byte[] protectedHeader, Cbor.Members unprotectedHeader, byte[] payload, byte[] signature) {
    private static final long ALGORITHM = 1;
    private static final long CRITICAL = 2;
    private static final long KEY_ID = 4;
    /// RFC 9360 §2.
    private static final long X5CHAIN = 33;

    private static final byte[] NOTHING = {};

    /// Signs, and names algorithm and certificates: the algorithm in the protected header, the chain, as ISO/IEC 18013-5
    /// §9.1.2.4 wants it, in the unprotected one.
    public static CoseSign1 sign(byte[] payload, SigningKey key) {
        var algorithm = CoseAlgorithm.of(key.algorithm());
        var header = new Cbor.Members(Map.of(Cbor.of(ALGORITHM), Cbor.of(algorithm.number()))).encoded();
        return new CoseSign1(
                header,
                new Cbor.Members(Map.of(Cbor.of(X5CHAIN), x5chain(key.chain()))),
                payload,
                key.sign(signed(header, payload)));
    }

    /// Signs, with these protected header parameters beside the algorithm and nothing in the unprotected header.
    public static CoseSign1 sign(byte[] payload, SigningKey key, Map<Cbor, Cbor> parameters) {
        var entries = new LinkedHashMap<>(parameters);
        entries.put(
                Cbor.of(ALGORITHM), Cbor.of(CoseAlgorithm.of(key.algorithm()).number()));
        var header = new Cbor.Members(entries).encoded();
        return new CoseSign1(header, new Cbor.Members(Map.of()), payload, key.sign(signed(header, payload)));
    }

    /// Signs with more in the protected header, such as the type of the content (RFC 9596). The signer is named there, too,
    /// as ISO/IEC 18013-5 (second edition, §12.3.6.3) wants it: by its certificates where it has any, by its `kid` otherwise.
    public static CoseSign1 signNaming(byte[] payload, SigningKey key, Map<Cbor, Cbor> more) {
        var entries = new LinkedHashMap<>(more);
        if (key.chain().isEmpty()) {
            entries.put(Cbor.of(KEY_ID), Cbor.of(key.publicJwk().getKeyID().getBytes(StandardCharsets.UTF_8)));
        } else {
            entries.put(Cbor.of(X5CHAIN), x5chain(key.chain()));
        }
        return sign(payload, key, entries);
    }

    private static Cbor x5chain(List<X509Certificate> chain) {
        var certificates = chain.stream().<Cbor>map(CoseSign1::der).toList();
        return switch (certificates.size()) {
            case 0 ->
                throw new IllegalArgumentException("the key has no certificate, and mdocs name their signer by one");
            case 1 -> certificates.getFirst();
            default -> new Cbor.Array(certificates);
        };
    }

    private static Cbor.Bytes der(X509Certificate certificate) {
        try {
            return Cbor.of(certificate.getEncoded());
        } catch (CertificateEncodingException broken) {
            throw new IllegalArgumentException("the certificate cannot be encoded", broken);
        }
    }

    /// @throws CborException if the item is no COSE_Sign1, or one that asks more of its reader than we know
    public static CoseSign1 read(Cbor item) {
        var parts = item.elements(4);
        var sign1 = new CoseSign1(
                parts.get(0).bytes(),
                parts.get(1).members(),
                parts.get(2).bytes(),
                parts.get(3).bytes());
        var header = sign1.header();
        if (header.find(CRITICAL).isPresent()) {
            throw new CborException("the signature has critical header parameters, none of which is known");
        }
        if (header.entries().keySet().stream().anyMatch(sign1.unprotectedHeader.entries()::containsKey)) {
            throw new CborException("a header parameter stands in both headers");
        }
        return sign1;
    }

    /// What stands in the protected header.
    public Cbor.Members header() {
        return CborReader.read(protectedHeader).members();
    }

    /// @throws CborException if the protected header names none that is known
    public CoseAlgorithm algorithm() {
        return header().find(ALGORITHM)
                .flatMap(CoseAlgorithm::of)
                .orElseThrow(() -> new CborException("the protected header names no algorithm that is known"));
    }

    /// The certificates of `x5chain` in DER, leaf first; none if there is no such parameter.
    ///
    /// @throws CborException if it is not one certificate, or several
    public List<byte[]> x5chain() {
        return x5chain(unprotectedHeader);
    }

    /// As [#x5chain()], of whichever header.
    public static List<byte[]> x5chain(Cbor.Members header) {
        var chain = header.find(X5CHAIN);
        if (chain.isEmpty()) {
            return List.of();
        }
        if (chain.get() instanceof Cbor.Array(var elements)) {
            if (elements.size() < 2) {
                throw new CborException("x5chain is an array of fewer than two certificates (RFC 9360 §2)");
            }
            return elements.stream().map(Cbor::bytes).toList();
        }
        return List.of(chain.get().bytes());
    }

    /// The `kid`, as text; empty if there is none.
    public Optional<String> keyId() {
        return header().find(KEY_ID)
                .or(() -> unprotectedHeader.find(KEY_ID))
                .map(id -> new String(id.bytes(), StandardCharsets.UTF_8));
    }

    /// Whether the key made the signature by the algorithm the header names. False too for a key of another kind.
    public boolean verifies(JWK key) {
        try {
            return Signatures.verify(key, algorithm().jose(), signed(protectedHeader, payload), signature);
        } catch (IllegalArgumentException unfit) {
            return false;
        }
    }

    /// The `Sig_structure` (RFC 9052 §4.4).
    static byte[] signed(byte[] protectedHeader, byte[] payload) {
        return new CborWriter(payload.length + 64)
                .array(4)
                .text("Signature1")
                .bytes(protectedHeader)
                .bytes(NOTHING)
                .bytes(payload)
                .toByteArray();
    }

    /// As it stands in `issuerAuth`: without the tag.
    public Cbor write() {
        return new Cbor.Array(
                List.of(Cbor.of(protectedHeader), unprotectedHeader, Cbor.of(payload), Cbor.of(signature)));
    }
}
