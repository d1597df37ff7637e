package dev.intaglio.drafts.wallet;

import dev.intaglio.drafts.Draft;
import dev.intaglio.protocol.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells by an issuer's metadata which draft it is of.
final class Findings {
    private Findings() {}

    /// @param appended whether the document was found where drafts up to 15 have it, and only there
    /// @return empty for 1.0
    static Optional<Draft> of(JsonObject metadata, boolean appended) {
        var old = metadata.members().get("credentials_supported");
        var configurations = metadata.optionalObject("credential_configurations_supported");
        if (configurations.isEmpty()) {
            return old instanceof List<?>
                    ? Optional.of(Draft.DRAFT_11)
                    : old instanceof Map<?, ?> ? Optional.of(Draft.DRAFT_12) : Optional.empty();
        }
        var signs = Signs.of(configurations.get());
        if (signs.newest()) {
            return Optional.empty();
        }
        var earlier = signs.tree() || signs.oldName();
        if (metadata.has("nonce_endpoint") && !earlier) {
            return appended || signs.outside() ? Optional.of(Draft.DRAFT_15) : Optional.empty();
        }
        if (!appended && !earlier && !signs.outside() && !metadata.has("batch_credential_endpoint")) {
            return Optional.empty();
        }
        return Optional.of(metadata.has("batch_credential_issuance") ? Draft.DRAFT_14 : Draft.DRAFT_13);
    }

    /// @param newest whether texts are where 1.0 has them
    /// @param outside whether texts or claims stand beside the format
    /// @param tree whether claims mirror the credential
    /// @param oldName whether SD-JWT VC has its old name
    private record Signs(boolean newest, boolean outside, boolean tree, boolean oldName) {
        static Signs of(JsonObject configurations) {
            var found = new Signs(false, false, false, false);
            for (var id : configurations.members().keySet()) {
                found = found.and(configurations.object(id));
            }
            return found;
        }

        private Signs and(JsonObject one) {
            var subject = one.optionalObject("credential_definition")
                    .filter(definition -> definition.has("credentialSubject"));
            return new Signs(
                    newest || one.has("credential_metadata"),
                    outside || one.has("display") || one.has("claims"),
                    tree || one.members().get("claims") instanceof Map<?, ?> || subject.isPresent(),
                    oldName
                            || (one.has("vct")
                                    && one.optionalString("format")
                                            .filter("vc+sd-jwt"::equals)
                                            .isPresent()));
        }
    }
}
