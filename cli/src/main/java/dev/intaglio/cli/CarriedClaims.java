package dev.intaglio.cli;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.cli.inspect.JsonTree;
import dev.intaglio.cli.text.Tree;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.DatasetException;
import dev.intaglio.credential.FormatConfiguration;
import dev.intaglio.credential.HolderKey;
import dev.intaglio.credential.Issuance;
import dev.intaglio.credential.Verification;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What credentials of each format would carry: each is made, with a key that is thrown away, and read as a wallet reads it.
final class CarriedClaims {
    private static final URI NOBODY = URI.create("https://trial.invalid");

    private final CredentialFormats formats;
    private final Clock clock;
    private final DevelopmentCa authority;

    CarriedClaims(CredentialFormats formats, Clock clock) {
        this.formats = formats;
        this.clock = clock;
        authority = DevelopmentCa.create("Trial", clock, new SecureRandom());
    }

    /// @param claims what it carries; empty if it cannot be made
    /// @param failure why it cannot; empty if it can
    record Carried(FormatConfiguration configuration, JsonObject claims, String failure) {
        boolean made() {
            return failure.isEmpty();
        }

        Tree tree(Instant now) {
            return new Tree(
                    configuration.format(),
                    made() ? configuration.id() : "cannot be made: " + failure,
                    new JsonTree(now).members(claims));
        }

        JsonObject json() {
            var json = JsonObject.builder()
                    .put("configuration", configuration.id())
                    .put("format", configuration.format());
            return (made() ? json.put("carries", claims) : json.put("failure", failure)).build();
        }
    }

    List<Carried> of(CredentialDefinition definition, CredentialDataset dataset) {
        return definition.configurations().stream()
                .map(configuration -> carried(definition, configuration, dataset))
                .toList();
    }

    private Carried carried(
            CredentialDefinition definition, FormatConfiguration configuration, CredentialDataset dataset) {
        var format = formats.of(configuration);
        var key = format.keyUse() == KeyUse.DOCUMENT_SIGNER
                ? authority.issueDocumentSigner("Trial", NOBODY, JWSAlgorithm.ES256)
                : authority.issue("Trial", NOBODY, JWSAlgorithm.ES256);
        var holder = definition.binding()
                ? Optional.of(
                        new HolderKey(SigningKey.generate(JWSAlgorithm.ES256).publicJwk()))
                : Optional.<HolderKey>empty();
        try {
            var credential = format.issue(new Issuance(
                    definition, configuration, dataset, holder, Optional.empty(), key, NOBODY, clock.instant()));
            var verifier = CredentialVerifiers.onClassPath().find(configuration.format());
            if (verifier.isEmpty()) {
                return new Carried(configuration, JsonObject.empty(), "");
            }
            var anchors = TrustAnchors.of(List.of(authority.anchor()));
            return switch (verifier.get().verify(credential, anchors, clock.instant())) {
                case Verification.Verified verified -> new Carried(configuration, verified.claims(), "");
                case Verification.Rejected(var reason, var detail) ->
                    new Carried(configuration, JsonObject.empty(), "a wallet would reject it: " + detail);
            };
        } catch (DatasetException unfit) {
            return new Carried(configuration, JsonObject.empty(), String.valueOf(unfit.getMessage()));
        }
    }
}
