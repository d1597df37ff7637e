package dev.intaglio.credential.sdjwtvc;

import dev.intaglio.credential.ClaimNode;
import dev.intaglio.credential.DatasetException;
import dev.intaglio.credential.MissingClaimException;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns one dataset into the claims of one credential: what may be kept back becomes a salted disclosure, its digest
/// stands in its place (RFC 9901 §4.2). Made for one credential and used once, so no salt serves twice.
public final class SelectiveClaims {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    /// 128 bits, as §9.3 recommends.
    private static final int SALT_LENGTH = 16;

    private static final int DECOY_LENGTH = 32;

    private final SecureRandom random;
    private final int maxDecoys;
    private final MessageDigest digest = HashAlgorithm.SHA_256.messageDigest();
    private final ByteArrayOutputStream disclosures = new ByteArrayOutputStream(2_048);

    // Asking a SecureRandom costs more than what it gives, so it is asked for many salts at a time.
    private final byte[] randomness = new byte[32 * SALT_LENGTH];
    private int randomnessUsed = randomness.length;

    private final boolean selective;

    /// @param random for salts and decoys
    /// @param maxDecoys at most so many digests that stand for nothing are added where there are digests
    public SelectiveClaims(SecureRandom random, int maxDecoys) {
        this(random, maxDecoys, true);
    }

    private SelectiveClaims(SecureRandom random, int maxDecoys, boolean selective) {
        this.random = random;
        this.maxDecoys = maxDecoys;
        this.selective = selective;
    }

    /// For formats whose claims all stand in the clear, whatever the definition allows.
    public static SelectiveClaims inTheClear(SecureRandom random) {
        return new SelectiveClaims(random, 0, false);
    }

    /// Adds the described claims of a dataset to a payload, in the clear or as digests.
    ///
    /// @throws DatasetException if the dataset does not fit
    public void addTo(Map<String, @Nullable Object> payload, ClaimNode root, JsonObject dataset) {
        addMembers(payload, root, dataset.members());
    }

    /// The disclosures of everything added so far, each followed by `~`, in ASCII.
    public byte[] disclosures() {
        return disclosures.toByteArray();
    }

    private void addMembers(Map<String, @Nullable Object> target, ClaimNode node, Map<?, ?> values) {
        var digests = new ArrayList<String>();
        for (var member : node.members().values()) {
            var claim = claim(member, values.get(member.name()));
            if (claim.isEmpty()) {
                if (member.mandatory()) {
                    throw new MissingClaimException(member.path().orElseThrow());
                }
            } else if (selective(member)) {
                digests.add(disclose(member.name(), claim.get()));
            } else {
                target.put(member.name(), claim.get());
            }
        }
        if (!digests.isEmpty()) {
            for (var decoys = numberOfDecoys(); decoys > 0; decoys--) {
                digests.add(decoy());
            }
            Collections.sort(digests); // §4.2.4.1: the order says nothing; a digest is as good as random
            target.put("_sd", digests);
        }
    }

    /// The claim as it is to be written. An object of which nothing is left is no claim.
    private Optional<Object> claim(ClaimNode node, @Nullable Object value) {
        var plain = value instanceof JsonObject object ? object.members() : value;
        if (plain == null) {
            return Optional.empty();
        }
        if (!node.members().isEmpty()) {
            if (!(plain instanceof Map<?, ?> values)) {
                throw mismatch(node, "an object");
            }
            var object = new LinkedHashMap<String, @Nullable Object>();
            addMembers(object, node, values);
            return object.isEmpty() ? Optional.empty() : Optional.of(object);
        }
        if (node.elements().isPresent()) {
            if (!(plain instanceof List<?> values)) {
                throw mismatch(node, "an array");
            }
            return Optional.of(array(node.elements().get(), values));
        }
        requireNoWordsOfTheContainer(node, plain);
        return Optional.of(plain);
    }

    private List<@Nullable Object> array(ClaimNode element, List<?> values) {
        var array = new ArrayList<@Nullable Object>(values.size());
        for (var value : values) {
            claim(element, value)
                    .ifPresent(claim -> array.add(selective(element) ? placeholder(disclose(claim)) : claim));
        }
        if (selective(element) && !array.isEmpty()) {
            for (var decoys = numberOfDecoys(); decoys > 0; decoys--) {
                array.add(below(array.size() + 1), placeholder(decoy()));
            }
        }
        return array;
    }

    private boolean selective(ClaimNode node) {
        return selective && node.disclosure().selective();
    }

    private static Map<String, Object> placeholder(String digest) {
        return Map.of("...", digest);
    }

    private static DatasetException mismatch(ClaimNode node, String expected) {
        var path = node.path().orElseThrow();
        return new DatasetException(
                path, "the dataset's " + path + " is not " + expected + ", which the definition says it is");
    }

    /// A value taken as it is must not be mistaken for digests by whoever reads the credential (§4.1).
    private static void requireNoWordsOfTheContainer(ClaimNode node, @Nullable Object value) {
        switch (value) {
            case Map<?, ?> object -> {
                if (object.containsKey("_sd") || object.containsKey("_sd_alg") || object.containsKey("...")) {
                    var path = node.path().orElseThrow();
                    throw new DatasetException(
                            path, "the dataset's " + path + " has a member called _sd, _sd_alg or ...");
                }
                object.values().forEach(member -> requireNoWordsOfTheContainer(node, member));
            }
            case JsonObject object -> requireNoWordsOfTheContainer(node, object.members());
            case List<?> array -> array.forEach(element -> requireNoWordsOfTheContainer(node, element));
            case null, default -> {}
        }
    }

    private String disclose(String name, Object value) {
        return disclose(",", name, value);
    }

    private String disclose(Object value) {
        return disclose("", "", value);
    }

    private String disclose(String comma, String name, Object value) {
        var json =
                new StringBuilder(64).append("[\"").append(salt()).append('"').append(comma);
        if (!comma.isEmpty()) {
            write(json, name);
        }
        json.append(',');
        write(json, value);
        var encoded = BASE64URL.encode(json.append(']').toString().getBytes(StandardCharsets.UTF_8));
        disclosures.writeBytes(encoded);
        disclosures.write('~');
        return BASE64URL.encodeToString(digest.digest(encoded));
    }

    /// Most claims are short texts without anything to escape; a JSON generator each would double the cost of a
    /// credential's claims.
    private static void write(StringBuilder json, Object value) {
        if (value instanceof String text && nothingToEscape(text)) {
            json.append('"').append(text).append('"');
        } else {
            json.append(Json.writeString(value));
        }
    }

    private static boolean nothingToEscape(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            // Surrogates go the long way too: an unpaired one has to be refused, not replaced.
            if (c < 0x20 || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private String salt() {
        return BASE64URL.encodeToString(random(SALT_LENGTH));
    }

    private String decoy() {
        return BASE64URL.encodeToString(digest.digest(random(DECOY_LENGTH)));
    }

    /// From none to the most: always the same number would give the true number away (§4.2.5).
    private int numberOfDecoys() {
        return maxDecoys == 0 ? 0 : below(maxDecoys + 1);
    }

    /// Slightly uneven, which hides no less.
    private int below(int bound) {
        var bytes = random(2);
        return (((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff)) % bound;
    }

    private byte[] random(int length) {
        if (randomnessUsed + length > randomness.length) {
            random.nextBytes(randomness);
            randomnessUsed = 0;
        }
        var bytes = new byte[length];
        System.arraycopy(randomness, randomnessUsed, bytes, 0, length);
        randomnessUsed += length;
        return bytes;
    }
}
