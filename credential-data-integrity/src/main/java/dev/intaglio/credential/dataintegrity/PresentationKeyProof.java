package dev.intaglio.credential.dataintegrity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.proof.DidKeys;
import dev.intaglio.protocol.proof.DidResolver;
import dev.intaglio.protocol.proof.KeyProof;
import dev.intaglio.protocol.proof.KeyProofOrder;
import dev.intaglio.protocol.proof.KeyProofType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Key proofs that are W3C Verifiable Presentations with a Data Integrity proof: `di_vp` (App. F.2), and `ldp_vp`, which is
/// the same under the name it had before 1.0. `domain` is the Credential Issuer Identifier, `challenge` the `c_nonce`, and the
/// key is that of a DID. Suites over meaning and over text are taken alike.
final class PresentationKeyProof implements KeyProofType {
    private static final String CONTEXT_1 = "https://www.w3.org/2018/credentials/v1";
    private static final String CONTEXT_2 = "https://www.w3.org/ns/credentials/v2";
    private static final String PROOF_CONTEXT = "https://w3id.org/security/data-integrity/v2";
    private static final String PURPOSE = "authentication";

    private final String identifier;
    private final boolean standard;
    private final List<String> contexts;
    private final DataIntegrity dataIntegrity;

    private PresentationKeyProof(String identifier, boolean standard, List<String> contexts, Contexts known) {
        this.identifier = identifier;
        this.standard = standard;
        this.contexts = contexts;
        this.dataIntegrity = DataIntegrity.ignoringTheUndefined(known);
    }

    static PresentationKeyProof dataIntegrity(Contexts known) {
        return new PresentationKeyProof("di_vp", true, List.of(CONTEXT_2), known);
    }

    static PresentationKeyProof older(Contexts known) {
        return new PresentationKeyProof("ldp_vp", false, List.of(CONTEXT_1, PROOF_CONTEXT), known);
    }

    @Override
    public String identifier() {
        return identifier;
    }

    @Override
    public boolean standard() {
        return standard;
    }

    @Override
    public boolean fits(List<String> bindingMethods) {
        return bindingMethods.stream().anyMatch(method -> method.startsWith("did:"));
    }

    @Override
    public List<String> signingAlgorithms(List<String> keyAlgorithms) {
        var algorithms = keyAlgorithms.stream().map(JWSAlgorithm::parse).toList();
        return Arrays.stream(Cryptosuite.values())
                .filter(suite -> !suite.selective() && suite.signsWithOneOf(algorithms))
                .map(Cryptosuite::identifier)
                .toList();
    }

    @Override
    public KeyProof read(Object presentation, DidResolver dids) {
        if (!(presentation instanceof JsonObject secured)) {
            throw new JsonException("a proof of this type is a Verifiable Presentation, a JSON object");
        }
        requirePresentation(secured);
        var proof = proof(secured);
        var suite = proof.string("cryptosuite");
        if (Cryptosuite.of(suite).filter(known -> !known.selective()).isEmpty()) {
            throw new JsonException("the proof's cryptosuite is not in proof_signing_alg_values_supported");
        }
        var method = proof.string("verificationMethod");
        requireHolder(secured, method);
        var key = dids.key(method, DidResolver.Purpose.AUTHENTICATION);
        requireSigned(secured.without("proof"), proof, key);
        return new KeyProof(
                key,
                Optional.of(method),
                suite,
                Optional.empty(),
                proof.string("domain"),
                time(proof, "created"),
                time(proof, "expires"),
                proof.optionalString("challenge"));
    }

    private static void requirePresentation(JsonObject secured) {
        var context = secured.members().get("@context");
        var first = context instanceof List<?> several && !several.isEmpty() ? several.getFirst() : context;
        if (!CONTEXT_1.equals(first) && !CONTEXT_2.equals(first)) {
            throw new JsonException(
                    "the presentation's first @context is none of the Verifiable Credentials data model");
        }
        var type = secured.members().get("type");
        if (!"VerifiablePresentation".equals(type)
                && !(type instanceof List<?> several && several.contains("VerifiablePresentation"))) {
            throw new JsonException("the type of the presentation is not VerifiablePresentation");
        }
    }

    /// `proof` may be an array (App. F.2). By which of several proofs the key is meant would be a guess, so one is for authentication.
    private static JsonObject proof(JsonObject secured) {
        var proofs = secured.members().get("proof") instanceof List<?>
                ? secured.objects("proof")
                : List.of(secured.object("proof"));
        var meant = proofs.stream()
                .filter(one -> one.optionalString("type")
                        .filter(DataIntegrity.PROOF::equals)
                        .isPresent())
                .filter(one -> one.optionalString("proofPurpose")
                        .filter(PURPOSE::equals)
                        .isPresent())
                .toList();
        if (meant.size() != 1) {
            throw new JsonException("the presentation has one DataIntegrityProof with the proofPurpose authentication;"
                    + " found " + meant.size());
        }
        if (meant.getFirst().has("previousProof")) {
            throw new JsonException("the proof of the presentation stands alone, without previousProof");
        }
        return meant.getFirst();
    }

    /// `holder`, if it is there, controls the key (App. F.2).
    private static void requireHolder(JsonObject secured, String verificationMethod) {
        var name = secured.members().get("holder") instanceof Map<?, ?>
                ? Optional.of(secured.object("holder").string("id"))
                : secured.optionalString("holder");
        if (name.filter(holder -> !verificationMethod.startsWith(holder + "#")).isPresent()) {
            throw new JsonException("the presentation's holder is not the DID that the verificationMethod is of");
        }
    }

    private void requireSigned(JsonObject document, JsonObject proof, JWK key) {
        if (!dataIntegrity.verifies(document, proof, key)) {
            throw new JsonException("the proof's signature does not verify by the key it names");
        }
    }

    private static Optional<Instant> time(JsonObject proof, String name) {
        return proof.optionalString(name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException malformed) {
                throw new JsonException("the proof's " + name + " is no time with a time zone", malformed);
            }
        });
    }

    @Override
    public JsonObject make(SigningKey key, KeyProofOrder order) {
        var suite = Arrays.stream(Cryptosuite.values())
                .filter(one -> order.algorithms().contains(one.identifier()))
                .filter(one -> one.hash(key.algorithm()).isPresent())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the issuer takes no cryptosuite for a key that signs with " + key.algorithm()));
        var did = order.bindingMethods().contains("did:key")
                        || !order.bindingMethods().contains("did:jwk")
                ? DidKeys.didKey(key.publicJwk())
                : DidKeys.didJwk(key.publicJwk());
        var presentation = JsonObject.builder()
                .put("@context", contexts)
                .put("type", List.of("VerifiablePresentation"))
                .put("holder", did)
                .build();
        var options = JsonObject.builder()
                .put("created", order.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("verificationMethod", DidKeys.verificationMethod(did))
                .put("proofPurpose", PURPOSE)
                .put("domain", order.credentialIssuer().toString())
                .putIf("challenge", order.nonce())
                .build();
        return dataIntegrity.sign(presentation, options, suite, key);
    }
}
