package dev.intaglio.protocol.offer;

import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;
import java.util.OptionalInt;

/// Tells the wallet what to ask of the user (§4.1.1). Not the Transaction Code itself.
///
/// @param length how many characters the code has, if the wallet may know
/// @param description what the user is told about where the code is; at most 300 characters
public record TxCode(InputMode inputMode, OptionalInt length, Optional<String> description) {
    private static final int MAX_DESCRIPTION = 300;

    /// Which characters the user may enter.
    public enum InputMode {
        NUMERIC("numeric"),
        TEXT("text");

        private final String value;

        InputMode(String value) {
            this.value = value;
        }

        /// An unknown mode is read as the one that lets the user enter anything.
        static InputMode read(String value) {
            return value.equals(NUMERIC.value) ? NUMERIC : TEXT;
        }
    }

    public TxCode {
        if (description.filter(text -> text.length() > MAX_DESCRIPTION).isPresent()) {
            throw new IllegalArgumentException("tx_code.description is longer than 300 characters");
        }
        if (length.isPresent() && length.getAsInt() < 1) {
            throw new IllegalArgumentException("tx_code.length is not positive");
        }
    }

    public static TxCode numeric(int length, String description) {
        return new TxCode(InputMode.NUMERIC, OptionalInt.of(length), Optional.of(description));
    }

    public static TxCode read(JsonObject json) {
        return new TxCode(
                json.optionalString("input_mode").map(InputMode::read).orElse(InputMode.NUMERIC),
                json.optionalInt("length"),
                json.optionalString("description"));
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("input_mode", inputMode.value)
                .putIf("length", length.isPresent() ? Optional.of(length.getAsInt()) : Optional.empty())
                .putIf("description", description)
                .build();
    }
}
