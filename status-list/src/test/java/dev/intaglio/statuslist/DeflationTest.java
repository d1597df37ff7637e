package dev.intaglio.statuslist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.requirements.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Lists of a million entries, compressed")
class DeflationTest {
    private static final int ENTRIES = 1 << 20;

    private static byte[] list(int bits, double share) {
        var random = new Random(bits);
        var array = new byte[ENTRIES * bits / Byte.SIZE];
        for (var index = 0; index < ENTRIES; index++) {
            if (random.nextDouble() < share) {
                array[index * bits / Byte.SIZE] |= (byte) (1 << index * bits % Byte.SIZE);
            }
        }
        return array;
    }

    /// In bytes: what no compression can be below.
    private static double information(double share) {
        return share == 0 || share == 1
                ? 0
                : -ENTRIES * (share * Math.log(share) + (1 - share) * Math.log(1 - share)) / Math.log(2) / Byte.SIZE;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0001, 0.001, 0.004, 0.01, 0.02, 0.05, 0.1, 0.5, 0.999, 1})
    @Requirement("CI-STAT-3")
    @DisplayName("are inflated by anybody, and little longer than they must be, however many are revoked")
    void anyDensity(double share) throws IOException {
        for (var bits = 1; bits <= 2; bits++) {
            var array = list(bits, share);
            var zlib = Deflation.zlib(array);
            var gzip = Deflation.gzip(array);
            try (var plain = new InflaterInputStream(new ByteArrayInputStream(zlib))) {
                assertThat(plain.readAllBytes()).isEqualTo(array);
            }
            try (var plain = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
                assertThat(plain.readAllBytes()).isEqualTo(array);
            }
            assertThat(gzip.length).isEqualTo(zlib.length + 12); // of two standards the frames differ by that
            assertThat((double) zlib.length).isLessThan(1.5 * information(share) + 1_500);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 15, 4_096, 4_097, 70_000})
    @DisplayName("and so are shorter ones, of any content")
    void anyLength(int length) {
        var random = new Random(length);
        for (var kind = 0; kind < 3; kind++) {
            var array = new byte[length];
            for (var i = 0; i < length && kind > 0; i++) {
                array[i] = (byte) (kind == 1 ? random.nextInt() : random.nextInt(50) == 0 ? 1 : 0);
            }
            assertThat(Inflation.unzlib(Deflation.zlib(array), Inflation.MOST)).isEqualTo(array);
            assertThat(Inflation.ungzip(Deflation.gzip(array), Inflation.MOST)).isEqualTo(array);
        }
    }

    @Test
    @DisplayName("are compressed in less than 100 ms of one thread's time, however many are revoked")
    void time() {
        var threads = ManagementFactory.getThreadMXBean();
        for (var share : new double[] {0.001, 0.002, 0.01, 0.03, 0.1, 0.5}) {
            var array = list(2, share);
            // The best of some: other work on the machine can only make it slower.
            var best = Long.MAX_VALUE;
            for (var round = 0; round < 3; round++) {
                var before = threads.getCurrentThreadCpuTime();
                Deflation.zlib(array);
                best = Math.min(best, threads.getCurrentThreadCpuTime() - before);
            }
            assertThat(best).as("nanoseconds, %s revoked", share).isLessThan(100_000_000);
        }
    }
}
