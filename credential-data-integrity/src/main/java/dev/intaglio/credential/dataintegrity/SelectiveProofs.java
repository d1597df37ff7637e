package dev.intaglio.credential.dataintegrity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.credential.dataintegrity.SelectiveProofValue.Base;
import dev.intaglio.credential.dataintegrity.SelectiveProofValue.Derived;
import dev.intaglio.keys.Signatures;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.Base58;
import dev.intaglio.protocol.proof.DidKeys;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The cryptosuite `ecdsa-sd-2023` (Data Integrity ECDSA §3.6): a proof over each statement of a document, of which the holder passes
/// on as many as they like, beside those the issuer has always shown.
final class SelectiveProofs {
    private static final int MULTIKEY_LENGTH = 35;
    private static final int HMAC_KEY_LENGTH = 32;
    private static final String DID_KEY = "did:key:";

    private final Rdfc rdfc;

    SelectiveProofs(Rdfc rdfc) {
        this.rdfc = rdfc;
    }

    /// What a base proof is made with and nobody shall guess.
    ///
    /// @param statements signs the statements of one document, and nothing else
    record Secrets(byte[] hmacKey, SigningKey statements) {
        static Secrets fresh(SecureRandom random) {
            var hmacKey = new byte[HMAC_KEY_LENGTH];
            random.nextBytes(hmacKey);
            return new Secrets(hmacKey, SigningKey.generate(JWSAlgorithm.ES256));
        }
    }

    /// @throws IllegalArgumentException if the document is of a form whose parts cannot be shown by themselves
    void requireSelectable(JsonObject document) {
        SelectiveQuads.of(rdfc, document, UnaryOperator.identity());
    }

    /// Makes a base proof (§3.6.1).
    ///
    /// @param proofHash of the proof without its value
    /// @param mandatory pointers to what is always shown
    String make(JsonObject document, byte[] proofHash, List<String> mandatory, Secrets secrets, SigningKey key) {
        var quads = SelectiveQuads.of(rdfc, document, hmac(secrets.hmacKey()));
        var always = quads.made(mandatory);
        var publicKey = multikey(secrets.statements().publicJwk());
        var signatures = new ArrayList<byte[]>();
        for (var number = 0; number < quads.quads().size(); number++) {
            if (!always.contains(number)) {
                signatures.add(secrets.statements().sign(utf8(quads.quads().get(number))));
            }
        }
        var baseSignature = key.sign(signed(proofHash, publicKey, mandatoryHash(quads.quads(), always)));
        return new Base(baseSignature, publicKey, secrets.hmacKey(), signatures, mandatory).text();
    }

    /// Derives a proof from a base proof (§3.6.3). Nothing is verified.
    ///
    /// @param proofValue of the base proof
    /// @param pointers to what is shown beside what always is
    /// @return the part of the document that is shown, and the value of its proof
    /// @throws IllegalArgumentException if the proof is no base proof, or a pointer points to nothing
    Map.Entry<JsonObject, String> derive(JsonObject document, String proofValue, List<String> pointers) {
        if (!(SelectiveProofValue.read(proofValue) instanceof Base base)) {
            throw new IllegalArgumentException("the proof is derived already, and no other can be derived from it");
        }
        var quads = SelectiveQuads.of(rdfc, document, hmac(base.hmacKey()));
        var all = new ArrayList<>(base.mandatoryPointers());
        all.addAll(pointers);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("nothing of the document is to be shown");
        }
        var always = quads.made(base.mandatoryPointers());
        var shown = new TreeSet<>(quads.made(all));
        if (base.signatures().size() != quads.quads().size() - always.size()) {
            throw new IllegalArgumentException("the proof has not a signature for each statement");
        }
        var signatures = new ArrayList<byte[]>();
        var next = 0;
        for (var number = 0; number < quads.quads().size(); number++) {
            if (!always.contains(number)) {
                if (shown.contains(number)) {
                    signatures.add(base.signatures().get(next));
                }
                next++;
            }
        }
        var indexes = new ArrayList<Integer>();
        var index = 0;
        for (var number : shown) {
            if (always.contains(number)) {
                indexes.add(index);
            }
            index++;
        }
        var derived = new Derived(base.baseSignature(), base.publicKey(), signatures, quads.labelsWithin(all), indexes);
        return Map.entry(JsonSelection.of(document, all), derived.text());
    }

    /// Whether a proof, base or derived, is by this key over this document (§3.6.7).
    ///
    /// @throws IllegalArgumentException if the proof cannot be read, or the document has no canonical form
    boolean verifies(JsonObject document, byte[] proofHash, String proofValue, JWK key) {
        var value = SelectiveProofValue.read(proofValue);
        return switch (value) {
            case Base base -> {
                if (base.hmacKey().length != HMAC_KEY_LENGTH) {
                    throw new IllegalArgumentException("the HMAC key of the proof is not one of 256 bits");
                }
                var quads = SelectiveQuads.of(rdfc, document, hmac(base.hmacKey()));
                yield verifies(quads.quads(), quads.made(base.mandatoryPointers()), proofHash, base, key);
            }
            case Derived derived -> {
                var quads = SelectiveQuads.whole(
                        rdfc,
                        document,
                        label -> Optional.ofNullable(derived.labels().get(label))
                                .orElseThrow(
                                        () -> new IllegalArgumentException("the proof has no label for a blank node")));
                var always = new TreeSet<>(derived.mandatoryIndexes());
                if (always.size() < derived.mandatoryIndexes().size()
                        || always.stream()
                                .anyMatch(index -> index >= quads.quads().size())) {
                    throw new IllegalArgumentException("the proof numbers statements that are not there");
                }
                yield verifies(quads.quads(), always, proofHash, derived, key);
            }
        };
    }

    private static boolean verifies(
            List<String> quads, Set<Integer> always, byte[] proofHash, SelectiveProofValue value, JWK key) {
        if (value.publicKey().length != MULTIKEY_LENGTH) {
            throw new IllegalArgumentException("the key of the statements is no Multikey on P-256");
        }
        var statements = DidKeys.resolve(DID_KEY + Base58.multibase(new byte[0], value.publicKey()));
        if (value.signatures().size() != quads.size() - always.size()) {
            return false;
        }
        var signed = signed(proofHash, value.publicKey(), mandatoryHash(quads, always));
        if (!Signatures.verify(key, JWSAlgorithm.ES256, signed, value.baseSignature())) {
            return false;
        }
        var next = 0;
        for (var number = 0; number < quads.size(); number++) {
            if (!always.contains(number)
                    && !Signatures.verify(
                            statements,
                            JWSAlgorithm.ES256,
                            utf8(quads.get(number)),
                            value.signatures().get(next++))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] signed(byte[] proofHash, byte[] publicKey, byte[] mandatoryHash) {
        var signed = new ByteArrayOutputStream();
        signed.writeBytes(proofHash);
        signed.writeBytes(publicKey);
        signed.writeBytes(mandatoryHash);
        return signed.toByteArray();
    }

    static byte[] mandatoryHash(List<String> quads, Set<Integer> always) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var number : new TreeSet<>(always)) {
                digest.update(utf8(quads.get(number)));
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /// The label of a blank node is an HMAC of what RDFC-1.0 calls it, so that labels tell nothing of what is not shown (§3.4.4).
    static UnaryOperator<String> hmac(byte[] key) {
        return label -> {
            try {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                return "u" + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(utf8(label)));
            } catch (InvalidKeyException unusable) {
                throw new IllegalArgumentException("the HMAC key of the proof cannot be used", unusable);
            } catch (GeneralSecurityException everyPlatformHasIt) {
                throw new IllegalStateException(everyPlatformHasIt);
            }
        };
    }

    private static byte[] multikey(JWK key) {
        return Base58.decode(DidKeys.didKey(key).substring(DID_KEY.length() + 1), 64);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
