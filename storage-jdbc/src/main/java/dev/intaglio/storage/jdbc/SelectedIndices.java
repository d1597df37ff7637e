package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.StatusPage;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.SortedMap;
import java.util.TreeMap;

/// Indices of status lists by list and page: of millions, a bit for each at most.
final class SelectedIndices {
    private final SortedMap<String, Pages> byList = new TreeMap<>();
    private long count;

    /// Those of one list.
    ///
    /// @param pages by their number, the places on each
    record Pages(SortedMap<Integer, BitSet> pages) {}

    /// Which credentials of a row are meant.
    @FunctionalInterface
    interface Wanted {
        boolean test(int number) throws SQLException;
    }

    void add(String listId, int index) {
        byList.computeIfAbsent(listId, id -> new Pages(new TreeMap<>()))
                .pages()
                .computeIfAbsent(index / StatusPage.ENTRIES, page -> new BitSet())
                .set(index % StatusPage.ENTRIES);
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
