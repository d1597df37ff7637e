package dev.intaglio.issuer.log;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/// The right edge of a Merkle tree over SHA-256 as RFC 9162, section 2.1 has it: enough to append leaves and to know the root,
/// without the leaves before.
final class MerkleTree {
    private long size;
    private final List<byte[]> peaks;

    /// Hears of each part of the tree that became complete.
    @FunctionalInterface
    interface Completed {
        void node(int level, long index, byte[] hash);
    }

    /// The empty tree.
    MerkleTree() {
        this(0, List.of());
    }

    /// @param peaks hashes of the complete trees in it, the largest first
    MerkleTree(long size, List<byte[]> peaks) {
        if (peaks.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException("a tree of " + size + " leaves has " + Long.bitCount(size) + " peaks");
        }
        this.size = size;
        this.peaks = new ArrayList<>(peaks);
    }

    static byte[] leaf(String record) {
        return leaf(record.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] leaf(byte[] record) {
        return hash(new byte[] {0}, record);
    }

    static byte[] node(byte[] left, byte[] right) {
        return hash(new byte[] {1}, left, right);
    }

    private static byte[] hash(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    long size() {
        return size;
    }

    List<byte[]> peaks() {
        return List.copyOf(peaks);
    }

    void append(byte[] leaf, Completed completed) {
        size++;
        var hash = leaf;
        var level = 0;
        completed.node(0, size - 1, hash);
        while (((size >> level) & 1) == 0) {
            hash = node(peaks.removeLast(), hash);
            level++;
            completed.node(level, (size >> level) - 1, hash);
        }
        peaks.add(hash);
    }

    byte[] root() {
        if (peaks.isEmpty()) {
            return hash();
        }
        var root = peaks.getLast();
        for (var left : peaks.subList(0, peaks.size() - 1).reversed()) {
            root = node(left, root);
        }
        return root;
    }

    /// Gives hashes of complete parts of a tree.
    @FunctionalInterface
    interface Nodes {
        /// @param level the part has 2^level leaves, and begins at a multiple of that
        byte[] hash(int level, long index);
    }

    /// The audit path of a leaf, from below (section 2.1.3.1).
    static List<byte[]> path(long index, long size, Nodes nodes) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("there is no leaf " + index + " in a tree of " + size);
        }
        var path = new ArrayList<byte[]>();
        path(index, 0, size, nodes, path);
        return path;
    }

    private static void path(long index, long from, long to, Nodes nodes, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        var middle = from + split(to - from);
        if (index < middle) {
            path(index, from, middle, nodes, path);
            path.add(root(middle, to, nodes));
        } else {
            path(index, middle, to, nodes, path);
            path.add(root(from, middle, nodes));
        }
    }

    private static byte[] root(long from, long to, Nodes nodes) {
        var count = to - from;
        if (Long.bitCount(count) == 1) {
            var level = Long.numberOfTrailingZeros(count);
            return nodes.hash(level, from >> level);
        }
        var middle = from + split(count);
        return node(root(from, middle, nodes), root(middle, to, nodes));
    }

    /// The largest power of two below.
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }

    /// The root a leaf and its audit path lead to (section 2.1.3.2).
    ///
    /// @throws IllegalArgumentException if the path is not one for this place
    static byte[] root(byte[] leaf, long index, long size, List<byte[]> path) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("there is no record " + index + " in a log of " + size);
        }
        var at = index;
        var last = size - 1;
        var hash = leaf;
        for (var other : path) {
            if (last == 0) {
                throw new IllegalArgumentException("the audit path is too long");
            }
            if ((at & 1) == 1 || at == last) {
                hash = node(other, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, other);
            }
            at >>= 1;
            last >>= 1;
        }
        if (last != 0) {
            throw new IllegalArgumentException("the audit path is too short");
        }
        return hash;
    }
}
