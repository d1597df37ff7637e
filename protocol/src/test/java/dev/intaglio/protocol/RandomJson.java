package dev.intaglio.protocol;

import dev.intaglio.protocol.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes documents up. The same seed makes the same documents, so that a failure can be looked at twice.
public final class RandomJson {
    private static final String CHARACTERS = "aZ09 _-.\"\\/\b\n\t\u0000\u007f\u00e4\u20ac\ud83d\ude00";

    private final Random random;

    public RandomJson(long seed) {
        random = new Random(seed);
    }

    public JsonObject object() {
        return JsonObject.of(members(4));
    }

    public @Nullable Object value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> BigInteger.ONE.shiftLeft(64 + random.nextInt(60)).add(BigInteger.valueOf(random.nextInt()));
            case 4 -> new BigDecimal(BigInteger.valueOf(random.nextLong()), 1 + random.nextInt(20));
            case 5, 6 -> text();
            case 7 -> members(depth - 1);
            default -> some(() -> value(depth - 1));
        };
    }

    public String text() {
        var text = new StringBuilder();
        random.ints(random.nextInt(12), 0, CHARACTERS.codePointCount(0, CHARACTERS.length()))
                .map(index -> CHARACTERS.codePointAt(CHARACTERS.offsetByCodePoints(0, index)))
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    /// Letters, to be part of an identifier.
    public String word() {
        return random.ints(1 + random.nextInt(8), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    public <T extends @Nullable Object> List<T> some(Supplier<T> maker) {
        var list = new ArrayList<T>();
        for (var i = random.nextInt(4); i > 0; i--) {
            list.add(maker.get());
        }
        return list;
    }

    public boolean yes() {
        return random.nextBoolean();
    }

    public int upTo(int most) {
        return random.nextInt(most + 1);
    }

    private LinkedHashMap<String, @Nullable Object> members(int depth) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        for (var i = random.nextInt(5); i > 0; i--) {
            members.put(text(), value(depth));
        }
        return members;
    }
}
