package dev.intaglio.issuer.spi;

import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.spi.IssuanceRule.Verdict;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// For issuers where people who logged in get credentials about themselves through clients the issuer knows: which client may
/// ask for which credentials, and which claims it may see. An access token is about its subject and nobody else anyway.
///
/// @param byClient a client that is not here, and a wallet without a name, gets nothing
public record SelfService(Map<String, Allowance> byClient) {
    public SelfService {
        byClient = Map.copyOf(byClient);
    }

    /// @param configurations the credential configurations it may ask for; empty for all
    /// @param claims the claims it gets, by their outermost names; empty for all
    /// @param purposes of credential types, one of which is among those of the type it asks for; empty for any and none
    public record Allowance(Set<String> configurations, Set<String> claims, Set<String> purposes) {
        /// For whatever purpose.
        public Allowance(Set<String> configurations, Set<String> claims) {
            this(configurations, claims, Set.of());
        }

        public Allowance {
            purposes = Set.copyOf(purposes);
            configurations = Set.copyOf(configurations);
            claims = Set.copyOf(claims);
        }
    }

    /// @param then judges what is allowed
    public IssuanceRule rule(IssuanceRule then) {
        return entitlement -> {
            var allowance = allowance(entitlement);
            if (allowance.isEmpty()) {
                return Verdict.forbid("the client is not one of those that may ask for credentials");
            }
            var configurations = allowance.get().configurations();
            var asked = entitlement.configuration().id();
            if (!configurations.isEmpty() && !configurations.contains(asked)) {
                return Verdict.forbid("the client may not ask for " + asked);
            }
            var purposes = allowance.get().purposes();
            var served = entitlement.definition().policy().purposes();
            return purposes.isEmpty() || !Collections.disjoint(purposes, served)
                    ? then.judge(entitlement)
                    : Verdict.forbid(
                            "the client may ask for the purposes " + purposes + ", and " + asked + " is for " + served);
        };
    }

    /// @param source what the client is not to see is left out of what it supplies
    public CredentialDatasets datasets(CredentialDatasets source) {
        return entitlement -> switch (source.find(entitlement)) {
            case Lookup.Ready(var dataset) -> Lookup.ready(visible(entitlement, dataset));
            case Lookup.Pending pending -> pending;
            case Lookup.Denied denied -> denied;
        };
    }

    private CredentialDataset visible(Entitlement entitlement, CredentialDataset dataset) {
        var claims = allowance(entitlement).map(Allowance::claims).orElse(Set.of());
        if (claims.isEmpty()) {
            return dataset;
        }
        var visible = new LinkedHashMap<>(dataset.claims().members());
        visible.keySet().retainAll(claims);
        return new CredentialDataset(JsonObject.of(visible));
    }

    private Optional<Allowance> allowance(Entitlement entitlement) {
        return entitlement.clientId().map(byClient::get);
    }
}
