package dev.intaglio.issuer.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Merkle tree (RFC 9162, section 2.1)")
class MerkleTreeTest {
    private static final HexFormat HEX = HexFormat.of();

    /// Known answers of certificate transparency's reference implementations.
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    @DisplayName("the roots are those of the reference, also when the tree goes on from its peaks")
    void knownAnswers() {
        var tree = new MerkleTree();
        for (int leaf = 0; leaf < LEAVES.size(); leaf++) {
            tree = new MerkleTree(tree.size(), tree.peaks());
            tree.append(MerkleTree.leaf(HEX.parseHex(LEAVES.get(leaf))), (level, index, hash) -> {});
            assertThat(HEX.formatHex(tree.root())).isEqualTo(ROOTS.get(leaf));
        }
    }

    @Test
    @DisplayName("the audit path of each leaf in each tree leads to its root; no other leaf, place, size or path does")
    void paths() {
        for (int size = 1; size <= 40; size++) {
            var leaves = new ArrayList<byte[]>();
            var nodes = new HashMap<String, byte[]>();
            var tree = new MerkleTree();
            for (int leaf = 0; leaf < size; leaf++) {
                leaves.add(MerkleTree.leaf("record " + leaf));
                tree.append(leaves.getLast(), (level, index, hash) -> nodes.put(level + "/" + index, hash));
            }
            for (int leaf = 0; leaf < size; leaf++) {
                var path = MerkleTree.path(
                        leaf, size, (level, index) -> Objects.requireNonNull(nodes.get(level + "/" + index)));
                assertThat(MerkleTree.root(leaves.get(leaf), leaf, size, path)).isEqualTo(tree.root());
                for (int other = 0; other < size; other++) {
                    if (other != leaf) {
                        assertThat(rootOrNothing(leaves.get(other), leaf, size, path))
                                .isNotEqualTo(tree.root());
                        assertThat(rootOrNothing(leaves.get(leaf), other, size, path))
                                .isNotEqualTo(tree.root());
                    }
                }
                for (int step = 0; step < path.size(); step++) {
                    var damaged = new ArrayList<>(path);
                    var hash = path.get(step).clone();
                    hash[step] ^= 1;
                    damaged.set(step, hash);
                    assertThat(MerkleTree.root(leaves.get(leaf), leaf, size, damaged))
                            .isNotEqualTo(tree.root());
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> MerkleTree.root(leaves.getFirst(), 0, 1, path));
                }
            }
        }
    }

    private static byte[] rootOrNothing(byte[] leaf, long index, long size, List<byte[]> path) {
        try {
            return MerkleTree.root(leaf, index, size, path);
        } catch (IllegalArgumentException refused) {
            return new byte[0];
        }
    }
}
