package dev.intaglio.credential.dataintegrity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.intaglio.keys.Signatures;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.Base58;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Adds proofs to documents and checks them (Data Integrity 1.0, sections 4.2 and 4.4). What a proof is for and whose key may make it
/// is for the caller to ask; here is only the signature.
public final class DataIntegrity {
    public static final String PROOF = "DataIntegrityProof";

    private static final int MAX_PROOF_VALUE = 256;

    /// More configurations than this are a sign of times, or challenges, of one proof each; then all are forgotten and it begins anew.
    private static final int MAX_KEPT = 256;

    private static final Canonicalization JCS = (document, hash) -> Jcs.canonical(document);

    private final Map<Cryptosuite.Form, Canonicalization> documents;
    private final Map<Cryptosuite.Form, Canonicalization> configurations;
    private final SelectiveProofs selective;
    private final Map<Configured, byte[]> made = new ConcurrentHashMap<>();

    /// A proof without its value, with what it is canonicalized by.
    private record Configured(JsonObject configuration, Cryptosuite suite, String hash) {}

    /// For documents that must be signed in all they say.
    public DataIntegrity(Contexts contexts) {
        this(Rdfc.strict(contexts), contexts);
    }

    private DataIntegrity(Rdfc documents, Contexts contexts) {
        this.documents = forms(documents);
        this.configurations = forms(Rdfc.strict(contexts));
        this.selective = new SelectiveProofs(documents);
    }

    /// For documents of which only what the standard defines is read: what else they say is neither signed nor refused. Of the proof
    /// itself nothing is left out even so, or its challenge could be exchanged.
    static DataIntegrity ignoringTheUndefined(Contexts contexts) {
        return new DataIntegrity(Rdfc.lenient(contexts), contexts);
    }

    private static Map<Cryptosuite.Form, Canonicalization> forms(Rdfc rdfc) {
        return Map.of(Cryptosuite.Form.RDFC, rdfc, Cryptosuite.Form.JCS, JCS, Cryptosuite.Form.STATEMENTS, rdfc);
    }

    /// @param document without a proof
    /// @param options the proof without its value: `verificationMethod`, `proofPurpose` and what else it shall say; `type` and
    ///     `cryptosuite` are added
    /// @return the document with its proof
    /// @throws IllegalArgumentException if the key is not for the suite, the suite is one for parts, or the document has no canonical form
    public JsonObject sign(JsonObject document, JsonObject options, Cryptosuite suite, SigningKey key) {
        if (suite.selective()) {
            throw new IllegalArgumentException(suite.identifier() + " needs to know what is always shown");
        }
        var proof = JsonObject.builder()
                .put("type", PROOF)
                .put("cryptosuite", suite.identifier())
                .putAll(options);
        // Over the text, the proof holds the contexts it was made under; over the meaning, they are those of the
        // document.
        if (suite.form() == Cryptosuite.Form.JCS && document.has("@context")) {
            proof.put("@context", Objects.requireNonNull(document.members().get("@context")));
        }
        var configuration = proof.build();
        var signature = key.sign(hashes(document, configuration, suite, key.algorithm(), true));
        return document.with("proof", configuration.with("proofValue", Base58.multibase(new byte[0], signature)));
    }

    /// Adds a base proof of `ecdsa-sd-2023`, from which the holder derives others with [#derive].
    ///
    /// @param options as for [#sign]
    /// @param mandatory JSON Pointers (RFC 6901) to what every derived proof shows
    /// @throws IllegalArgumentException if the key is not for the suite, the document has no canonical form, or a pointer points to
    ///     nothing
    public JsonObject signStatements(
            JsonObject document, JsonObject options, List<String> mandatory, SigningKey key, SecureRandom random) {
        return signStatements(document, options, mandatory, key, SelectiveProofs.Secrets.fresh(random));
    }

    JsonObject signStatements(
            JsonObject document,
            JsonObject options,
            List<String> mandatory,
            SigningKey key,
            SelectiveProofs.Secrets secrets) {
        var configuration = JsonObject.builder()
                .put("type", PROOF)
                .put("cryptosuite", Cryptosuite.ECDSA_SD_2023.identifier())
                .putAll(options)
                .build();
        var proofHash = kept(configured(document, configuration, Cryptosuite.ECDSA_SD_2023, key.algorithm()));
        return document.with(
                "proof",
                configuration.with("proofValue", selective.make(document, proofHash, mandatory, secrets, key)));
    }

    /// Of a document with a base proof of `ecdsa-sd-2023`, a part with a proof of its own: what its issuer wants always shown, and what the
    /// holder chooses. Nothing is verified.
    ///
    /// @param secured the document with its proof
    /// @param pointers JSON Pointers (RFC 6901) to what is shown
    /// @throws IllegalArgumentException if there is no such proof, or a pointer points to nothing
    public JsonObject derive(JsonObject secured, List<String> pointers) {
        var proof = secured.object("proof");
        if (!proof.string("cryptosuite").equals(Cryptosuite.ECDSA_SD_2023.identifier())) {
            throw new IllegalArgumentException(
                    "only a proof of ecdsa-sd-2023 can be passed on for a part of its document");
        }
        var part = selective.derive(secured.without("proof"), proof.string("proofValue"), pointers);
        return part.getKey().with("proof", proof.with("proofValue", part.getValue()));
    }

    /// Whether a proof is by this key over this document.
    ///
    /// @param document without its proof
    /// @param proof with its value
    /// @throws IllegalArgumentException if the proof cannot be read, its suite has no such keys, or the document has no
    ///     canonical form
    public boolean verifies(JsonObject document, JsonObject proof, JWK key) {
        var suite = Cryptosuite.of(proof.string("cryptosuite"))
                .filter(known -> proof.string("type").equals(PROOF))
                .orElseThrow(() -> new IllegalArgumentException("the proof is of a kind we do not know"));
        var value = proof.string("proofValue");
        if (suite.selective()) {
            var configured = configured(document, proof.without("proofValue"), suite, algorithm(key));
            return selective.verifies(document, hash(configured), value, key);
        }
        if (!value.startsWith("z")) {
            throw new IllegalArgumentException("the proofValue is not in base58");
        }
        var signature = Base58.decode(value.substring(1), MAX_PROOF_VALUE);
        var algorithm = algorithm(key);
        return Signatures.verify(
                key,
                algorithm,
                hashes(secured(document, proof, suite), proof.without("proofValue"), suite, algorithm, false),
                signature);
    }

    /// Refuses a document whose meaning is not all defined.
    ///
    /// @throws IllegalArgumentException naming what is not
    void requireDefined(JsonObject document) {
        Objects.requireNonNull(documents.get(Cryptosuite.Form.RDFC)).canonical(document, "SHA-256");
    }

    /// Refuses a document whose meaning is not all defined, or cannot be shown in parts.
    ///
    /// @throws IllegalArgumentException naming what is not
    void requireSelectable(JsonObject document) {
        requireDefined(document);
        selective.requireSelectable(document);
    }

    /// With the contexts the proof was made under, which the document's must begin with (Data Integrity EdDSA §3.3.2).
    private static JsonObject secured(JsonObject document, JsonObject proof, Cryptosuite suite) {
        var made = proof.members().get("@context");
        if (suite.form() != Cryptosuite.Form.JCS || made == null) {
            return document;
        }
        var now = list(document.members().get("@context"));
        var then = list(made);
        if (now.size() < then.size() || !now.subList(0, then.size()).equals(then)) {
            throw new IllegalArgumentException("the contexts of the document do not begin with those of the proof");
        }
        return document.with("@context", made);
    }

    private static List<?> list(@Nullable Object contexts) {
        return contexts instanceof List<?> several ? several : contexts == null ? List.of() : List.of(contexts);
    }

    /// The hash of the proof's configuration, then that of the document.
    ///
    /// @param ours whether the configuration is one we make, which comes again: times are rounded, so it changes once a day
    private byte[] hashes(
            JsonObject document, JsonObject configuration, Cryptosuite suite, JWSAlgorithm algorithm, boolean ours) {
        var configured = configured(document, configuration, suite, algorithm);
        var hash = configured.hash();
        var configurationHash = ours ? kept(configured) : hash(configured);
        var documentHash = digest(hash)
                .digest(Objects.requireNonNull(documents.get(suite.form())).canonical(document, hash));
        var both = new byte[configurationHash.length + documentHash.length];
        System.arraycopy(configurationHash, 0, both, 0, configurationHash.length);
        System.arraycopy(documentHash, 0, both, configurationHash.length, documentHash.length);
        return both;
    }

    private static Configured configured(
            JsonObject document, JsonObject configuration, Cryptosuite suite, JWSAlgorithm algorithm) {
        var hash = suite.hash(algorithm)
                .orElseThrow(() -> new IllegalArgumentException(
                        suite.identifier() + " does not sign with " + algorithm + " keys"));
        var context = document.members().get("@context");
        var contextual = suite.form() == Cryptosuite.Form.JCS || context == null
                ? configuration
                : configuration.with("@context", context);
        return new Configured(contextual, suite, hash);
    }

    private byte[] kept(Configured configured) {
        var known = made.get(configured);
        if (known != null) {
            return known;
        }
        var hash = hash(configured);
        if (made.size() >= MAX_KEPT) {
            made.clear();
        }
        made.put(configured, hash);
        return hash;
    }

    private byte[] hash(Configured configured) {
        return digest(configured.hash())
                .digest(Objects.requireNonNull(
                                configurations.get(configured.suite().form()))
                        .canonical(configured.configuration(), configured.hash()));
    }

    private static JWSAlgorithm algorithm(JWK key) {
        if (key instanceof ECKey point && point.getCurve().equals(Curve.P_256)) {
            return JWSAlgorithm.ES256;
        }
        if (key instanceof ECKey point && point.getCurve().equals(Curve.P_384)) {
            return JWSAlgorithm.ES384;
        }
        if (key instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519)) {
            return JWSAlgorithm.EdDSA;
        }
        throw new IllegalArgumentException("no cryptosuite has keys of this kind");
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
