package dev.intaglio.statuslist;

import java.util.Arrays;
import java.util.Optional;

/// What the values of a Token Status List mean (§7.1). Other values are an application's own.
public enum StatusType {
    /// Valid, correct or legal; also what stands at an index that nobody has.
    VALID(0x00),
    /// Revoked, taken back, for good.
    INVALID(0x01),
    /// Not good for now.
    SUSPENDED(0x02);

    private final int value;

    StatusType(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }

    public static Optional<StatusType> of(int value) {
        return Arrays.stream(values()).filter(type -> type.value == value).findFirst();
    }
}
