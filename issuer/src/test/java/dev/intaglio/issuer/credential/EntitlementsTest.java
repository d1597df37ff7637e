package dev.intaglio.issuer.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialDefinitions;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.protocol.credential.CredentialRequest.Selector;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.Refusal;
import dev.intaglio.requirements.Requirement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("§8.2 What an access token entitles to")
class EntitlementsTest {
    private static final String PID = "eu.europa.ec.eudi.pid_vc_sd_jwt";
    private static final String DIPLOMA = "diploma_sd_jwt";

    private final Entitlements entitlements = entitlements();

    @Test
    @Requirement("CI-CRED-5")
    @DisplayName("by scope: the configuration whose scope was granted, and no other")
    void byScope() {
        var token = token(Set.of("openid", "diploma"), List.of(), Set.of());
        assertThat(find(token, new Selector.Configuration(DIPLOMA))
                        .configuration()
                        .id())
                .isEqualTo(DIPLOMA);
        assertRefused(token, new Selector.Configuration(PID), "insufficient_scope");
    }

    @Test
    @Requirement("CI-CRED-5")
    @DisplayName("by offer: what was offered")
    void byOffer() {
        var token = token(Set.of(), List.of(), Set.of(PID));
        assertThat(find(token, new Selector.Configuration(PID)).credentialIdentifier())
                .isEmpty();
        assertRefused(token, new Selector.Configuration(DIPLOMA), "insufficient_scope");
        assertRefused(token, new Selector.Configuration("unheard-of"), "unknown_credential_configuration");
    }

    @Test
    @Requirement({"CI-CRED-4", "CI-ERR-4", "CI-ERR-5"})
    @DisplayName("by authorization details: the datasets that were named, of configurations that still exist")
    void byDetails() {
        var details = List.of(
                AuthorizationDetail.of(PID).withIdentifiers(List.of("one", "two")),
                AuthorizationDetail.of("withdrawn").withIdentifiers(List.of("three")));
        var token = token(Set.of("diploma"), details, Set.of());
        var entitlement = find(token, new Selector.Identifier("two"));
        assertThat(entitlement.configuration().id()).isEqualTo(PID);
        assertThat(entitlement.credentialIdentifier()).contains("two");
        assertThat(entitlement.toString()).doesNotContain("erika");
        assertRefused(token, new Selector.Identifier("three"), "unknown_credential_identifier");
        assertRefused(token, new Selector.Identifier("four"), "unknown_credential_identifier");
        assertRefused(token, new Selector.Configuration(PID), "invalid_credential_request");
        assertRefused(token, new Selector.Configuration(DIPLOMA), "invalid_credential_request");
        assertRefused(token, new Selector.Configuration("unheard-of"), "unknown_credential_configuration");
    }

    private Entitlement find(AccessToken token, Selector selector) {
        return entitlements.find(token, selector, "Bearer");
    }

    private void assertRefused(AccessToken token, Selector selector, String error) {
        assertThatThrownBy(() -> find(token, selector))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.error()).isEqualTo(error));
    }

    private static AccessToken token(
            Set<String> scopes, List<AuthorizationDetail> details, Set<String> configurationIds) {
        return new AccessToken(
                "erika", Optional.empty(), scopes, details, configurationIds, Optional.empty(), "a-1", Instant.EPOCH);
    }

    private static Entitlements entitlements() {
        var announced = new LinkedHashMap<String, Entitlements.Announced>();
        for (CredentialDefinition definition : CredentialDefinitions.shipped()) {
            definition
                    .configurations()
                    .forEach(configuration ->
                            announced.put(configuration.id(), new Entitlements.Announced(definition, configuration)));
        }
        return new Entitlements(announced);
    }
}
