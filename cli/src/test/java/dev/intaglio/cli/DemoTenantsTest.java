package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.requirements.Requirement;
import java.net.InetAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("demo --tenants")
class DemoTenantsTest {
    @Test
    @Requirement("CI-META-2")
    @DisplayName("issues from issuers at paths and at subdomains of one server")
    void issues() {
        var ran = Ran.command("demo", "--tenants", "3", "--exit", "--json");

        assertThat(ran.code()).as(ran.err()).isZero();
        var tenants = ran.json().objects("tenants");
        assertThat(tenants)
                .hasSize(3)
                .allSatisfy(tenant -> assertThat(tenant.flag("verified")).isTrue());
        assertThat(tenants.get(0).string("issuer")).matches("http://127\\.0\\.0\\.1:\\d+/tenant-1");
        assertThat(tenants.get(1).string("issuer")).matches("http://tenant-2\\.localhost:\\d+");
        assertThat(tenants.get(2).string("issuer")).matches("http://127\\.0\\.0\\.1:\\d+/tenant-3");
    }

    @Test
    @DisplayName("every name under localhost is this machine")
    void localhost() throws Exception {
        assertThat(InetAddress.getByName("surely-in-no-hosts-file.localhost").getAddress())
                .containsExactly(127, 0, 0, 1);
    }

    @Test
    @DisplayName("goes neither with TLS nor with another flow")
    void alone() {
        assertThat(Ran.command("demo", "--tenants", "2", "--exit", "--tls").code())
                .isEqualTo(2);
    }
}
