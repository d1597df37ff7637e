package dev.intaglio.credential.sdjwtvc;

import dev.intaglio.credential.ClaimDefinition;
import dev.intaglio.credential.Claims;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.SelectiveDisclosure;
import dev.intaglio.credential.Validity;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A random credential type and a dataset for it, of any nesting.
final class RandomCredentials {
    private static final String[] TEXTS = {
        "",
        "plain",
        "Łódź",
        "山田",
        "quo\"te",
        "back\\slash",
        "tab\tand\nline",
        "\u0001",
        "𝕏 outside the basic plane",
        "~.~",
        "\u2028",
        "</script>",
        "\u007f"
    };

    private final Random random;
    private final List<ClaimDefinition> claims = new ArrayList<>();

    private RandomCredentials(Random random) {
        this.random = random;
    }

    /// @param dataset with claims nobody described
    /// @param expected without them
    record Sample(CredentialDefinition definition, JsonObject dataset, JsonObject expected) {}

    static Sample next(Random random) {
        var maker = new RandomCredentials(random);
        var expected = maker.object(List.of(), 0);
        var dataset = new LinkedHashMap<>(expected);
        dataset.put("undescribed", "left out");
        dataset.put("iss", "not the dataset's to say");
        dataset.put("exp", 1L);
        var definition = new CredentialDefinition(
                "random",
                List.of(),
                new Claims(maker.claims),
                List.of(new FormatConfiguration(
                        "random",
                        "dc+sd-jwt",
                        "random",
                        JsonObject.builder().put("vct", "urn:random").build())),
                Validity.of("P7D"),
                random.nextBoolean(),
                random.nextInt(4),
                JsonObject.empty(),
                Optional.empty(),
                Optional.empty());
        return new Sample(definition, JsonObject.of(dataset), JsonObject.of(expected));
    }

    private Map<String, Object> object(List<ClaimsPath.Element> at, int depth) {
        var members = new LinkedHashMap<String, Object>();
        for (var i = 0; i <= random.nextInt(6); i++) {
            var name = i + TEXTS[random.nextInt(TEXTS.length)];
            var present = i == 0 || random.nextInt(5) > 0;
            var path = add(at, new ClaimsPath.Element.Name(name));
            describe(path);
            var value = value(path, depth + 1);
            if (present) {
                members.put(name, value);
            }
        }
        return members;
    }

    private Object value(List<ClaimsPath.Element> at, int depth) {
        return switch (random.nextInt(depth < 4 ? 8 : 6)) {
            case 0 -> random.nextBoolean();
            case 1 -> random.nextLong();
            case 2 -> new BigDecimal(random.nextInt() + "." + random.nextInt(1, 1000));
            case 3 -> List.of("as", 1L, Map.of("it", List.of("is")));
            case 6 -> object(at, depth);
            case 7 -> array(at, depth);
            default -> TEXTS[random.nextInt(TEXTS.length)];
        };
    }

    private List<Object> array(List<ClaimsPath.Element> at, int depth) {
        var path = add(at, new ClaimsPath.Element.All());
        describe(path);
        var elements = new ArrayList<>();
        if (random.nextBoolean() && depth < 3) {
            elements.add(object(path, depth + 1));
        } else {
            for (var i = random.nextInt(5); i > 0; i--) {
                elements.add(TEXTS[random.nextInt(TEXTS.length)] + i);
            }
        }
        return elements;
    }

    /// In any of the three ways.
    private void describe(List<ClaimsPath.Element> path) {
        var disclosure = SelectiveDisclosure.values()[random.nextInt(3)];
        claims.add(new ClaimDefinition(new ClaimsPath(path), List.of(), false, disclosure));
    }

    private static List<ClaimsPath.Element> add(List<ClaimsPath.Element> path, ClaimsPath.Element element) {
        var longer = new ArrayList<>(path);
        longer.add(element);
        return longer;
    }
}
