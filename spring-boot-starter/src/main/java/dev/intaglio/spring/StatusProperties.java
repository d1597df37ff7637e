package dev.intaglio.spring;

import dev.intaglio.issuer.status.StatusSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Status lists, for credential types whose definition has a status.
///
/// @param listSize How many credentials a status list has room for: a multiple of 8192, at least 131072.
/// @param reservation How many indices a node takes from the database at a time.
/// @param timeToLive For how long verifiers should use a copy of a list.
/// @param validity How long a list may be relied on after it was signed.
/// @param history For how long verifiers can ask for a list as it was at a time; 0 for not at all.
/// @param undoWindow How long a revocation or suspension waits before it takes effect, and can be undone, unless the request
///     says otherwise.
@ConfigurationProperties("intaglio.status")
public record StatusProperties(
        @DefaultValue("1048576") int listSize,
        @DefaultValue("4096") int reservation,
        @DefaultValue("5m") Duration timeToLive,
        @DefaultValue("1d") Duration validity,
        @DefaultValue("0s") Duration history,
        @DefaultValue("0s") Duration undoWindow) {
    StatusSettings settings() {
        return new StatusSettings(listSize, reservation, timeToLive, validity, history, undoWindow);
    }
}
