package dev.intaglio.credential.sdjwtvc;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.metadata.ClaimsPath;
import java.util.Map;

/// What an SD-JWT says once its disclosures are in their places (RFC 9901 §7.1): the Processed SD-JWT Payload.
///
/// @param claims without `_sd`, `_sd_alg` and the digests nobody disclosed
/// @param disclosed which disclosure stands where: what the holder may keep back
public record ProcessedPayload(JsonObject claims, Map<ClaimsPath, Disclosure> disclosed) {
    public ProcessedPayload {
        disclosed = Map.copyOf(disclosed);
    }

    /// Whether the top-level claim came by disclosure.
    boolean disclosed(String name) {
        return disclosed.containsKey(ClaimsPath.of(name));
    }

    @Override
    public String toString() {
        return "ProcessedPayload[" + disclosed.size() + " disclosed]";
    }
}
