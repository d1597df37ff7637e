package dev.intaglio.protocol.metadata;

import dev.intaglio.protocol.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// How a wallet is to use the credentials of a batch, and when to come for more: `credential_reuse_policy` in
/// `credential_metadata` (ETSI TS 119 472-3, section 4.2.4.2), in the words of the European Architecture and Reference Framework
/// (`arf_annex_ii`). OpenID4VCI 1.0 and HAIP have no name for it; wallets that do not know it ignore it.
///
/// @param methods which ways of use, the preferred first; of [#METHODS]
/// @param batchSize how many the wallet asks for at once
/// @param reissueUnused the wallet comes for more when so many are left unused
/// @param reissueLifetimeLeft the wallet comes for more when they are valid for so long still
public record ReusePolicy(
        List<String> methods,
        OptionalInt batchSize,
        OptionalInt reissueUnused,
        Optional<Duration> reissueLifetimeLeft) {
    /// Shown once each; as often as wanted in a short life; in turns; to one verifier each.
    public static final Set<String> METHODS =
            Set.of("once_only", "limited_time", "rotating-batch", "per-relying-party");

    private static final String ID = "arf_annex_ii";

    public ReusePolicy {
        methods = List.copyOf(methods);
        if (methods.isEmpty()
                || !METHODS.containsAll(methods)
                || new LinkedHashSet<>(methods).size() < methods.size()) {
            throw new IllegalArgumentException("the methods of a reuse policy are some of "
                    + METHODS.stream().sorted().toList() + ", each once");
        }
        if (batchSize.isPresent() && batchSize.getAsInt() < 1) {
            throw new IllegalArgumentException("the batch size of a reuse policy is at least 1");
        }
        if (reissueUnused.isPresent()
                && (reissueUnused.getAsInt() < 0
                        || (batchSize.isPresent() && reissueUnused.getAsInt() >= batchSize.getAsInt()))) {
            throw new IllegalArgumentException(
                    "a reuse policy asks for more while some are used, fewer than a batch has");
        }
        if (reissueLifetimeLeft.filter(time -> !time.isPositive()).isPresent()) {
            throw new IllegalArgumentException("the lifetime left is longer than nothing");
        }
    }

    public JsonObject write() {
        var option = JsonObject.builder().put("details", methods);
        batchSize.ifPresent(size -> option.put("batch_size", size));
        reissueUnused.ifPresent(left -> option.put("reissue_trigger_unused", left));
        reissueLifetimeLeft.ifPresent(left -> option.put("reissue_trigger_lifetime_left", left.toSeconds()));
        return JsonObject.builder()
                .put("id", ID)
                .put("options", List.of(option.build()))
                .build();
    }
}
