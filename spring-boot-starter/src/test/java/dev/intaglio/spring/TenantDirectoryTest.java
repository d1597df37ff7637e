package dev.intaglio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.spring.TenantDirectory.Match;
import dev.intaglio.storage.jdbc.tenant.Tenant;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Whose request it is")
class TenantDirectoryTest {
    private static final IssuerIdentifier MAIN = new IssuerIdentifier(URI.create("https://host.example/base"));

    private final TenantDirectory directory = new TenantDirectory(
            MAIN,
            List.of(
                    tenant("ulm", "{}"),
                    tenant("bonn", "{\"address\":\"subdomain\"}"),
                    tenant("koeln", "{\"issuer\":\"https://credentials.koeln.example/vc\"}")));

    private static Tenant tenant(String name, String definition) {
        var read = TenantDefinition.read(Json.readObject(definition));
        var address = TenantAddress.of(name, read, MAIN);
        return Tenant.of(name, address.host(), address.path(), "");
    }

    @ParameterizedTest
    @Requirement("CI-META-2")
    @CsvSource({
        "host.example, /base/ulm, ulm",
        "host.example, /base/ulm/token, ulm",
        "host.example, /.well-known/openid-credential-issuer/base/ulm, ulm",
        "host.example, /.well-known/oauth-authorization-server/base/ulm, ulm",
        "10.0.0.7, /base/ulm/token, ulm",
        "bonn.host.example, /base/token, bonn",
        "BONN.HOST.EXAMPLE, /.well-known/openid-credential-issuer/base, bonn",
        "credentials.koeln.example, /vc/token, koeln",
        "credentials.koeln.example, /.well-known/openid-credential-issuer/vc, koeln",
    })
    @DisplayName("is told by host and path, and for well-known documents by the path after them")
    void tenants(String host, String path, String name) {
        assertThat(directory.match(host, path))
                .isInstanceOfSatisfying(
                        Match.Of.class,
                        found -> assertThat(found.tenant().name()).isEqualTo(name));
    }

    @ParameterizedTest
    @CsvSource({
        "host.example, /base/token",
        "host.example, /base/ulmer/token",
        "host.example, /ulm/token",
        "host.example, /base/bonn/token",
        "host.example, /base",
        "host.example, /",
        "host.example, /.well-known/openid-credential-issuer",
        "host.example, /.well-known/openid-credential-issuer/base",
        "host.example, /.well-known/",
        "other.example, /base/token",
    })
    @DisplayName("is the main issuer's if it is at no tenant's address")
    void main(String host, String path) {
        assertThat(directory.match(host, path)).isInstanceOf(Match.Main.class);
    }

    @ParameterizedTest
    @CsvSource({
        "koeln.host.example, /base/token",
        "x.bonn.host.example, /base/token",
        "bonn.host.example, /token",
        "credentials.koeln.example, /token",
        "credentials.koeln.example, /vcx",
    })
    @DisplayName("is nobody's where only tenants are")
    void nobody(String host, String path) {
        assertThat(directory.match(host, path)).isInstanceOf(Match.Nobody.class);
    }

    @Test
    @DisplayName("subdomains of an address in numbers are those of localhost")
    void localhost() {
        var main = new IssuerIdentifier(URI.create("http://127.0.0.1:8080"));
        var definition = TenantDefinition.read(
                JsonObject.builder().put("address", "subdomain").build());
        assertThat(TenantAddress.of("ulm", definition, main).identifier()).hasToString("http://ulm.localhost:8080");
    }
}
