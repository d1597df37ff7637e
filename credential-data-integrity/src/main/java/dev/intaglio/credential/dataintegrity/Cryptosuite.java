package dev.intaglio.credential.dataintegrity;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// A way to make a Data Integrity proof: how the document becomes bytes, and which signatures there are over them (Data Integrity ECDSA
/// Cryptosuites 1.0, Data Integrity EdDSA Cryptosuites 1.0).
public enum Cryptosuite {
    ECDSA_RDFC_2019("ecdsa-rdfc-2019", Form.RDFC, Map.of(JWSAlgorithm.ES256, "SHA-256", JWSAlgorithm.ES384, "SHA-384")),
    EDDSA_RDFC_2022(
            "eddsa-rdfc-2022", Form.RDFC, Map.of(JWSAlgorithm.EdDSA, "SHA-256", JWSAlgorithm.Ed25519, "SHA-256")),
    ECDSA_JCS_2019("ecdsa-jcs-2019", Form.JCS, Map.of(JWSAlgorithm.ES256, "SHA-256", JWSAlgorithm.ES384, "SHA-384")),
    EDDSA_JCS_2022("eddsa-jcs-2022", Form.JCS, Map.of(JWSAlgorithm.EdDSA, "SHA-256", JWSAlgorithm.Ed25519, "SHA-256")),
    /// Over each statement by itself: the holder shows of a document as much as they like ([DataIntegrity#derive]).
    ECDSA_SD_2023("ecdsa-sd-2023", Form.STATEMENTS, Map.of(JWSAlgorithm.ES256, "SHA-256"));

    /// What is canonicalized: the meaning, the text, or the meaning in single statements.
    enum Form {
        RDFC,
        JCS,
        STATEMENTS
    }

    private final String identifier;
    private final Form form;
    private final Map<JWSAlgorithm, String> hashes;

    Cryptosuite(String identifier, Form form, Map<JWSAlgorithm, String> hashes) {
        this.identifier = identifier;
        this.form = form;
        this.hashes = hashes;
    }

    /// As `cryptosuite` has it.
    public String identifier() {
        return identifier;
    }

    /// Whether a proof can be passed on for a part of its document.
    public boolean selective() {
        return form == Form.STATEMENTS;
    }

    Form form() {
        return form;
    }

    /// Whether keys of one of these algorithms can sign by it.
    boolean signsWithOneOf(Collection<JWSAlgorithm> algorithms) {
        return algorithms.stream().anyMatch(hashes::containsKey);
    }

    /// The hash that goes with a key's algorithm; none if the suite has no such keys.
    Optional<String> hash(JWSAlgorithm algorithm) {
        return Optional.ofNullable(hashes.get(algorithm));
    }

    public static Optional<Cryptosuite> of(String identifier) {
        return Arrays.stream(values())
                .filter(suite -> suite.identifier.equals(identifier))
                .findFirst();
    }

    /// The suite over the meaning of a document, as `ldp_vc` wants it, for a signing key of that algorithm.
    ///
    /// @throws IllegalArgumentException if there is none
    public static Cryptosuite forKeys(JWSAlgorithm algorithm) {
        return Arrays.stream(values())
                .filter(suite -> suite.form == Form.RDFC && suite.hashes.containsKey(algorithm))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no Data Integrity cryptosuite signs with " + algorithm + "; ES256, ES384 and EdDSA have one"));
    }
}
