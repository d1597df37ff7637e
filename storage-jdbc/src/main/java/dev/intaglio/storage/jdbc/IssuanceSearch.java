package dev.intaglio.storage.jdbc;

import dev.intaglio.issuer.store.StatusSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A [StatusSelector] as a condition on recorded issuances.
///
/// @param condition from `where` on
/// @param exact whether it holds for every credential of an issuance it holds for, so that none needs to be looked at
record IssuanceSearch(String condition, Object[] parameters, boolean exact) {
    static IssuanceSearch of(String tenant, StatusSelector selector) {
        var conditions = new ArrayList<>(List.of("tenant = ?", "status_list is not null"));
        var parameters = new ArrayList<Object>(List.of(tenant));
        add(conditions, parameters, "status_list", selector.place().map(StatusSelector.Place::listId));
        add(conditions, parameters, "id", selector.issuanceId());
        add(conditions, parameters, "subject", selector.subject());
        add(conditions, parameters, "authorization_id", selector.authorizationId());
        add(conditions, parameters, "client_id", selector.clientId());
        add(conditions, parameters, "wallet_instance", selector.walletInstance());
        add(conditions, parameters, "wallet_provider", selector.walletProvider());
        add(conditions, parameters, "signing_key", selector.signingKey());
        add(conditions, parameters, "offer", selector.offer());
        add(conditions, parameters, "deferred_transaction", selector.transaction());
        selector.attestation().ifPresent(reference -> {
            conditions.add("id in (select issuance_id from intaglio_issuance_attestation"
                    + " where tenant = ? and reference = ?)");
            parameters.add(tenant);
            parameters.add(reference);
        });
        selector.attestedKey().ifPresent(key -> {
            conditions.add("attested_keys like ? escape '!'");
            parameters.add("% " + key.replaceAll("([!%_])", "!$1") + " %");
        });
        if (!selector.configurationIds().isEmpty()) {
            conditions.add("configuration_id in ("
                    + String.join(
                            ", ",
                            selector.configurationIds().stream().map(id -> "?").toList()) + ")");
            parameters.addAll(selector.configurationIds());
        }
        selector.issuedFrom().ifPresent(time -> {
            conditions.add("issued_at >= ?");
            parameters.add(time.toEpochMilli());
        });
        selector.issuedBefore().ifPresent(time -> {
            conditions.add("issued_at < ?");
            parameters.add(time.toEpochMilli());
        });
        return new IssuanceSearch(
                " where " + String.join(" and ", conditions),
                parameters.toArray(),
                selector.place().isEmpty()
                        && selector.number().isEmpty()
                        && selector.attestedKey().isEmpty());
    }

    private static void add(List<String> conditions, List<Object> parameters, String column, Optional<String> value) {
        value.ifPresent(wanted -> {
            conditions.add(column + " = ?");
            parameters.add(wanted);
        });
    }
}
