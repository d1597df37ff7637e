package dev.intaglio.issuer.reissuance;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.status.CredentialStatuses;
import dev.intaglio.issuer.status.CredentialStatuses.Order;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Issuances.Stale;
import dev.intaglio.issuer.store.StatusOperation;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Keeps count of credentials that say what is true no more. Data sources are asked anew at each issuance, so a wallet that comes
/// back, with its refresh token say, gets the new claims: what is left is to know that it should, and to tell whoever can make it.
public final class Reissuance {
    private final List<CredentialDefinition> definitions;
    private final Issuances issuances;
    private final Optional<CredentialStatuses> statuses;
    private final IssuanceListener listener;
    private final Clock clock;

    /// @param statuses empty if no credentials can be taken back
    /// @param listener is told of each issuance that is stale
    public Reissuance(
            List<CredentialDefinition> definitions,
            Issuances issuances,
            Optional<CredentialStatuses> statuses,
            IssuanceListener listener,
            Clock clock) {
        this.definitions = List.copyOf(definitions);
        this.issuances = issuances;
        this.statuses = statuses;
        this.listener = listener;
        this.clock = clock;
    }

    /// The claims about a subject have changed: valid credentials about the subject are stale until there are newer ones.
    ///
    /// @param definitionIds of which types; empty for all
    /// @return those that were not stale before
    /// @throws IllegalArgumentException naming a type there is not
    public List<Stale> changed(String subject, Set<String> definitionIds) {
        return markStale(subject, configurations(definitionIds), clock.instant());
    }

    /// As above, and what was issued before is taken back, suspended or ended, at once or when the undo window is over: until then
    /// wallets can come for new credentials, which are not meant.
    ///
    /// @param then what is to be done, to whichever credentials: the selector is made here
    /// @throws IllegalArgumentException also if it is to be undone, or no credentials can be taken back
    public Changed changed(String subject, Set<String> definitionIds, Then then) {
        if (then.verb() == StatusVerb.REINSTATE) {
            throw new IllegalArgumentException("what says what is true no more is not reinstated");
        }
        var changing = statuses.orElseThrow(
                () -> new IllegalArgumentException("no credentials of this issuer can be taken back"));
        var configurations = configurations(definitionIds);
        var now = clock.instant();
        var selector = StatusSelector.read(JsonObject.builder()
                        .put("subject", subject)
                        .put("configurations", List.copyOf(configurations))
                        .build())
                .before(now.plusMillis(1));
        var stale = markStale(subject, configurations, now);
        var operation =
                changing.change(new Order(then.verb(), selector, then.reason(), then.actor(), then.undoWindow()));
        return new Changed(stale, operation);
    }

    /// What is to become of credentials that say what is true no more.
    ///
    /// @param undoWindow how long it waits; empty for what the settings say
    public record Then(StatusVerb verb, String reason, String actor, Optional<Duration> undoWindow) {}

    /// @param stale those that were not stale before
    /// @param operation what was, or will be, done to them and all that was stale before
    public record Changed(List<Stale> stale, StatusOperation operation) {}

    private Set<String> configurations(Set<String> definitionIds) {
        definitionIds.stream()
                .filter(id -> definitions.stream()
                        .noneMatch(definition -> definition.id().equals(id)))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException("there is no definition " + unknown + "; there are "
                            + definitions.stream().map(CredentialDefinition::id).toList());
                });
        return definitions.stream()
                .filter(definition -> definitionIds.isEmpty() || definitionIds.contains(definition.id()))
                .flatMap(definition -> definition.configurations().stream())
                .map(configuration -> configuration.id())
                .collect(Collectors.toSet());
    }

    private List<Stale> markStale(String subject, Set<String> configurations, Instant now) {
        var stale = issuances.markStale(subject, configurations, now);
        stale.forEach(listener::stale);
        return stale;
    }

    /// How many valid credentials are stale and have no newer ones in their place, by Credential Configuration.
    public Map<String, Long> outstanding() {
        return issuances.outstanding(clock.instant());
    }
}
