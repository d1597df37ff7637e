package dev.intaglio.credential;

import dev.intaglio.protocol.metadata.ClaimDisplay;
import dev.intaglio.protocol.metadata.ClaimsDescription;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.util.List;

/// One claim of a credential type: where it is, what it is called, whether it must be there, whether it can be kept back.
public record ClaimDefinition(
        ClaimsPath path, List<ClaimDisplay> display, boolean mandatory, SelectiveDisclosure disclosure) {
    public ClaimDefinition {
        display = List.copyOf(display);
    }

    /// As the Credential Issuer Metadata describes it (App. B.2).
    public ClaimsDescription description() {
        return new ClaimsDescription(path, mandatory, display);
    }
}
