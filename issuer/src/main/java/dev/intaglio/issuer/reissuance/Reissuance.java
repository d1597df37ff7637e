package dev.intaglio.issuer.reissuance;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.spi.IssuanceListener;
import dev.intaglio.issuer.store.Issuances;
import dev.intaglio.issuer.store.Issuances.Stale;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Keeps count of credentials that say what is true no more. Data sources are asked anew at each issuance, so a wallet that comes
/// back, with its refresh token say, gets the new claims: what is left is to know that it should, and to tell whoever can make it.
public final class Reissuance {
    private final List<CredentialDefinition> definitions;
    private final Issuances issuances;
    private final IssuanceListener listener;
    private final Clock clock;

    /// @param listener is told of each issuance that is stale
    public Reissuance(
            List<CredentialDefinition> definitions, Issuances issuances, IssuanceListener listener, Clock clock) {
        this.definitions = List.copyOf(definitions);
        this.issuances = issuances;
        this.listener = listener;
        this.clock = clock;
    }

    /// The claims about a subject have changed: valid credentials about the subject are stale until there are newer ones.
    ///
    /// @param definitionIds of which types; empty for all
    /// @return those that were not stale before
    /// @throws IllegalArgumentException naming a type there is not
    public List<Stale> changed(String subject, Set<String> definitionIds) {
        definitionIds.stream()
                .filter(id -> definitions.stream()
                        .noneMatch(definition -> definition.id().equals(id)))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new IllegalArgumentException("there is no definition " + unknown + "; there are "
                            + definitions.stream().map(CredentialDefinition::id).toList());
                });
        var configurations = definitions.stream()
                .filter(definition -> definitionIds.isEmpty() || definitionIds.contains(definition.id()))
                .flatMap(definition -> definition.configurations().stream())
                .map(configuration -> configuration.id())
                .collect(Collectors.toSet());
        var stale = issuances.markStale(subject, configurations, clock.instant());
        stale.forEach(listener::stale);
        return stale;
    }

    /// How many valid credentials are stale and have no newer ones in their place, by Credential Configuration.
    public Map<String, Long> outstanding() {
        return issuances.outstanding(clock.instant());
    }
}
