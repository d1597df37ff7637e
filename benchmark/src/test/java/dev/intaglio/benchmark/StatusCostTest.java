package dev.intaglio.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The measurement of status at a nation's scale")
class StatusCostTest {
    private static final int CREDENTIALS = 20_000;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("comes to figures, on a small store")
    void measures() throws Exception {
        var report = new StatusReport();
        try (var place = StatusPlace.sqlite(directory);
                var storage = place.open();
                var connection = place.connect()) {
            assertThat(new StatusCost(CREDENTIALS, report).stores(place, storage, connection))
                    .isOne();
        }
        // What a node takes at a time is 4,096, of which responses of ten leave six.
        assertThat(report.figure("SQLite.reservations")).isEqualTo(Math.ceil(CREDENTIALS / 4_090.0));
        assertThat(report.figure("SQLite.revoke_a_thousandth_credentials")).isEqualTo(CREDENTIALS / 1_000.0);
        assertThat(report.figure("SQLite.revoke_a_tenth_credentials")).isEqualTo(CREDENTIALS / 10.0);
        assertThat(report.figure("SQLite.publish_50_percent_JWT_bytes"))
                .isGreaterThan(report.figure("SQLite.publish_0.1_percent_JWT_bytes"));
        assertThat(report.figure("SQLite.publish_10_percent_ldp_vc_bytes")).isPositive();
        assertThat(report.text()).contains("20,000 credentials", "CWT");
    }
}
