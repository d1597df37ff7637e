package dev.intaglio.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.cli.inspect.Inspected.Verdict;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("W3C credentials")
class W3cInspectionTest {
    private static final String CARD = """
            id: card
            display: [{locale: en, name: Card}]
            claims: [{path: [given_name]}]
            formats:
              %s:
                credential_definition:
                  "@context": ["%s", {"@vocab": "https://example.org/terms#"}]
                  type: [VerifiableCredential, LibraryCard]
            """;

    private final Samples samples = new Samples();

    private String credential(String format) {
        var context = format.equals("jwt_vc_json")
                ? "https://www.w3.org/2018/credentials/v1"
                : "https://www.w3.org/ns/credentials/v2";
        var definition = CredentialDefinition.read(CARD.formatted(format, context), "card.yaml");
        var configuration = definition.configurations().getFirst();
        var made = CredentialFormats.onClassPath(new SecureRandom())
                .of(configuration)
                .issue(new Issuance(
                        definition,
                        configuration,
                        new CredentialDataset(
                                JsonObject.builder().put("given_name", "Erika").build()),
                        Optional.of(new HolderKey(samples.holder.publicJwk())),
                        Optional.empty(),
                        samples.issuer,
                        URI.create("https://issuer.example"),
                        Samples.NOW));
        return made instanceof JsonObject object ? object.text() : made.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt_vc_json", "vc+jwt", "vc+sd-jwt", "ldp_vc"})
    @DisplayName("are known, shown, and verified by whom is trusted")
    void inspected(String format) {
        var credential = credential(format);
        var unasked = new Inspector(Optional.empty(), Samples.NOW).inspect(credential);
        assertThat(unasked.known()).isTrue();
        assertThat(unasked.verdict()).isEqualTo(Verdict.UNASKED);
        assertThat(unasked.tree().render()).contains("W3C Verifiable Credential", "LibraryCard", "Erika");

        var trusted = samples.anchors.with(List.of(samples.issuer.publicJwk()));
        var verified = new Inspector(Optional.of(trusted), Samples.NOW).inspect(credential);
        assertThat(verified.verdict()).as(verified.tree().render()).isEqualTo(Verdict.VERIFIED);

        var rejected = new Inspector(Optional.of(TrustAnchors.none()), Samples.NOW).inspect(credential);
        assertThat(rejected.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(rejected.tree().render()).contains("UNTRUSTED_ISSUER");
    }
}
