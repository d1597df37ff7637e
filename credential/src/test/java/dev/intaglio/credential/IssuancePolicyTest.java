package dev.intaglio.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.credential.IssuancePolicy.Approval;
import dev.intaglio.credential.IssuancePolicy.Limit;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a definition says about giving credentials out")
class IssuancePolicyTest {
    private static IssuancePolicy read(String lines) {
        var text = """
                id: card
                display: [{locale: en, name: Card}]
                claims: [{path: [number]}]
                formats:
                  dc+sd-jwt: {vct: "urn:example:card"}
                """;
        return CredentialDefinition.read(text + lines, "card.yaml").policy();
    }

    @Test
    @DisplayName("is nothing by default: at once, as many as there are keys, as often as asked for")
    void open() {
        assertThat(read("")).isEqualTo(IssuancePolicy.OPEN);
        assertThat(read("approval: none")).isEqualTo(IssuancePolicy.OPEN);
    }

    @Test
    @DisplayName("is who must approve, how many in one response, how many for one subject in a time")
    void everything() {
        var policy = read("""
                approval: manual
                batch_size: 5
                limit: {credentials: 20, per: P7D}
                """);
        assertThat(policy.approval()).isEqualTo(Approval.MANUAL);
        assertThat(policy.batchSize()).hasValue(5);
        assertThat(policy.limit()).contains(new Limit(20, Duration.ofDays(7)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "approval: maybe",
                "batch_size: 0",
                "batch_size: many",
                "limit: {credentials: 0, per: P1D}",
                "limit: {credentials: 1, per: PT0S}",
                "limit: {credentials: 1, per: -P1D}",
                "limit: {credentials: 1}",
                "limit: 5",
                "limits: {credentials: 1, per: P1D}"
            })
    @DisplayName("is refused by file and line if it cannot be meant")
    void refused(String line) {
        assertThatThrownBy(() -> read(line))
                .isInstanceOf(CredentialDefinitionException.class)
                .hasMessageStartingWith("card.yaml:");
    }
}
