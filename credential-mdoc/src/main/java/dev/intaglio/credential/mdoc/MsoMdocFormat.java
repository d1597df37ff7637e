package dev.intaglio.credential.mdoc;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormat;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.FormatContents;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.StatusMechanism;
import dev.intaglio.credential.cose.CoseAlgorithm;
import dev.intaglio.credential.cose.CoseKey;
import dev.intaglio.credential.cose.CoseSign1;
import dev.intaglio.credential.mdoc.IssuerSigned.Item;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.CredentialConfiguration;
import dev.intaglio.protocol.metadata.ProofType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Makes credentials of the format `mso_mdoc` (App. A.2 of OpenID4VCI, ISO/IEC 18013-5 §9.1.2). Their definition says
/// which claim becomes which data element, see [DocumentType].
///
/// A document is never valid for longer than the certificate of its signer: where the definition promises more, the
/// document says what the certificate leaves.
public final class MsoMdocFormat implements CredentialFormat {
    public static final String IDENTIFIER = "mso_mdoc";

    private static final String DIGEST_ALGORITHM = "SHA-256";
    private static final int RANDOM_LENGTH = 32;
    /// More types than this are a sign of instances made per request; then all are forgotten and it begins anew.
    private static final int MAX_KEPT = 256;

    private final SecureRandom random;
    private final Map<FormatConfiguration, Kept> types = new ConcurrentHashMap<>();

    private record Kept(CredentialDefinition definition, DocumentType type) {}

    /// @param random for salts and the order of digests
    public MsoMdocFormat(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String identifier() {
        return IDENTIFIER;
    }

    @Override
    public KeyUse keyUse() {
        return KeyUse.DOCUMENT_SIGNER;
    }

    @Override
    public void check(CredentialDefinition definition, FormatConfiguration configuration) {
        DocumentType.of(definition, configuration);
    }

    @Override
    public FormatContents contents(CredentialDefinition definition, FormatConfiguration configuration) {
        return DocumentType.of(definition, configuration).contents(definition);
    }

    @Override
    public List<StatusMechanism> statusMechanisms() {
        return List.of(StatusMechanism.TOKEN_STATUS_LIST, StatusMechanism.IDENTIFIER_LIST);
    }

    @Override
    public CredentialConfiguration configuration(
            CredentialDefinition definition,
            FormatConfiguration configuration,
            List<String> proofSigningAlgorithms,
            JWSAlgorithm signingAlgorithm) {
        var type = type(definition, configuration);
        return new CredentialConfiguration(
                IDENTIFIER,
                JsonObject.builder().put("doctype", type.doctype()).build(),
                Optional.of(configuration.scope()),
                List.of(CoseAlgorithm.of(signingAlgorithm).number()),
                List.of("cose_key"),
                Map.of("jwt", new ProofType(proofSigningAlgorithms, Optional.empty())),
                definition.display(),
                type.descriptions(definition.claims().all()));
    }

    /// @throws IllegalStateException if the signing key has no certificate, or one that is not valid now
    @Override
    public String issue(Issuance issuance) {
        var type = type(issuance.definition(), issuance.configuration());
        var namespaces = items(type, issuance.dataset().claims());
        var validity = Window.of(issuance);
        var mso = new MobileSecurityObject(
                DIGEST_ALGORITHM,
                digests(namespaces),
                CoseKey.of(issuance.holderKey().orElseThrow().jwk()),
                type.doctype(),
                validity.from(),
                validity.from(),
                validity.until(),
                issuance.status());
        var payload = mso.write().wrapped().encoded();
        return new IssuerSigned(namespaces, CoseSign1.sign(payload, issuance.signingKey())).write();
    }

    private Map<String, List<Item>> items(DocumentType type, JsonObject claims) {
        var elements = type.elements();
        // One draw for all; a digest's number tells nothing about which element it is of.
        var randomness = new byte[elements.size() * (RANDOM_LENGTH + Integer.BYTES)];
        random.nextBytes(randomness);
        var digestIds = shuffled(elements.size(), randomness);
        var namespaces = new LinkedHashMap<String, List<Item>>();
        for (var i = 0; i < elements.size(); i++) {
            var element = elements.get(i);
            var value = element.value(claims);
            if (value.isPresent()) {
                var salt = Arrays.copyOfRange(randomness, i * RANDOM_LENGTH, (i + 1) * RANDOM_LENGTH);
                namespaces
                        .computeIfAbsent(element.namespace(), ignored -> new ArrayList<>())
                        .add(Item.of(digestIds[i], salt, element.identifier(), value.get()));
            }
        }
        return namespaces;
    }

    /// The numbers below `count` in an order that cannot be guessed, by the last bytes of the randomness.
    private static int[] shuffled(int count, byte[] randomness) {
        var numbers = new int[count];
        for (var i = 0; i < count; i++) {
            var at = randomness.length - (i + 1) * Integer.BYTES;
            var drawn = (randomness[at] & 0xff) << 16 | (randomness[at + 1] & 0xff) << 8 | randomness[at + 2] & 0xff;
            var other = drawn % (i + 1);
            numbers[i] = numbers[other];
            numbers[other] = i;
        }
        return numbers;
    }

    private static Map<String, Map<Long, byte[]>> digests(Map<String, List<Item>> namespaces) {
        var digest = sha256();
        var digests = new LinkedHashMap<String, Map<Long, byte[]>>();
        namespaces.forEach((namespace, items) -> {
            var byId = LinkedHashMap.<Long, byte[]>newLinkedHashMap(items.size());
            items.forEach(item -> byId.put(item.digestId(), digest.digest(item.encoded())));
            digests.put(namespace, byId);
        });
        return digests;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance(DIGEST_ALGORITHM);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private DocumentType type(CredentialDefinition definition, FormatConfiguration configuration) {
        var kept = types.get(configuration);
        if (kept != null && kept.definition == definition) {
            return kept.type;
        }
        var type = DocumentType.of(definition, configuration);
        if (types.size() >= MAX_KEPT) {
            types.clear();
        }
        types.put(configuration, new Kept(definition, type));
        return type;
    }

    /// From when to when a document is valid (ISO/IEC 18013-5 §9.1.2.4): never outside its signer's certificate.
    private record Window(Instant from, Instant until) {
        static Window of(Issuance issuance) {
            var certificate = certificate(issuance.signingKey());
            var begin = certificate.getNotBefore().toInstant();
            var end = certificate.getNotAfter().toInstant();
            var now = issuance.now();
            if (now.isBefore(begin) || !now.isBefore(end)) {
                throw new IllegalStateException(
                        "the certificate mdocs are signed under is valid from " + begin + " to " + end + " only");
            }
            var validity = issuance.definition().validity();
            var from = validity.from(now);
            var until = validity.until(now);
            return new Window(from.isBefore(begin) ? begin : from, issuance.spread(until.isAfter(end) ? end : until));
        }

        private static X509Certificate certificate(SigningKey key) {
            if (key.chain().isEmpty()) {
                throw new IllegalStateException(
                        "mdocs are signed under a certificate, and the signing key for credentials has none");
            }
            return key.chain().getFirst();
        }
    }
}
