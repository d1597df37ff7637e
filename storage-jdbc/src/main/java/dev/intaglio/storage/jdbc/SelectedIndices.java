package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.StatusPage;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/// Indices of status lists by list and page, a few bytes for each of millions.
final class SelectedIndices {
    private final SortedMap<String, Pages> byList = new TreeMap<>();
    private long count;

    /// Those of one list.
    record Pages(SortedMap<Integer, Offsets> pages) {}

    /// Places on a page.
    static final class Offsets {
        private int[] values = new int[4];
        private int size;

        private void add(int offset) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = offset;
        }

        int[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }

    /// Which credentials of a row are meant.
    @FunctionalInterface
    interface Wanted {
        boolean test(int number) throws SQLException;
    }

    void add(String listId, int index) {
        byList.computeIfAbsent(listId, id -> new Pages(new TreeMap<>()))
                .pages()
                .computeIfAbsent(index / StatusPage.ENTRIES, page -> new Offsets())
                .add(index % StatusPage.ENTRIES);
        count++;
    }

    /// @param indices numbers with spaces between them
    void add(String listId, String indices, Wanted wanted) throws SQLException {
        var number = 0;
        for (var index : indices.split(" ")) {
            if (wanted.test(number++)) {
                add(listId, Integer.parseInt(index));
            }
        }
    }

    SortedMap<String, Pages> byList() {
        return byList;
    }

    long count() {
        return count;
    }
}
