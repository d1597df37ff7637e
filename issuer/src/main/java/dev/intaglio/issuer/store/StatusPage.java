package dev.intaglio.issuer.store;

import java.util.Arrays;

/// The states of [#ENTRIES] indices of a status list that follow each other: what a store reads and writes at a time. A list is
/// as many pages as it needs; a page that was never written is all valid.
///
/// @param states two bits each, the first in the lowest bits of the first byte, which is the order of the Token Status List
public record StatusPage(byte[] states) {
    /// How many indices are on a page.
    public static final int ENTRIES = 8_192;

    /// How many bytes that is.
    public static final int BYTES = ENTRIES / 4;

    public StatusPage {
        if (states.length != BYTES) {
            throw new IllegalArgumentException("a page has " + BYTES + " bytes");
        }
    }

    public static StatusPage empty() {
        return new StatusPage(new byte[BYTES]);
    }

    public CredentialState state(int offset) {
        return CredentialState.of(states[offset >> 2] >> (offset & 3) * 2 & 3);
    }

    /// The page after something was done to some of its entries, and to which of them it made a difference.
    ///
    /// @param changed in ascending order
    public record Changed(StatusPage page, int[] changed) {}

    /// @param offsets of entries on this page
    public Changed with(StatusVerb verb, int[] offsets) {
        var after = states.clone();
        var sorted = offsets.clone();
        Arrays.sort(sorted);
        var changed = new int[sorted.length];
        var count = 0;
        for (var i = 0; i < sorted.length; i++) {
            var offset = sorted[i];
            if ((i == 0 || sorted[i - 1] != offset) && verb.changes(state(offset))) {
                var shift = (offset & 3) * 2;
                after[offset >> 2] =
                        (byte) (after[offset >> 2] & ~(3 << shift) | verb.to().ordinal() << shift);
                changed[count++] = offset;
            }
        }
        return new Changed(new StatusPage(after), Arrays.copyOf(changed, count));
    }

    @Override
    public String toString() {
        return "StatusPage";
    }
}
