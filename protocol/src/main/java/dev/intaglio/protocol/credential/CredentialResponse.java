package dev.intaglio.protocol.credential;

import dev.intaglio.protocol.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Credential Response (§8.3): credentials now, or a handle for later.
public sealed interface CredentialResponse {
    /// Credentials, each a string or a JSON object as its format says; 200.
    ///
    /// @param notificationId names them all in a notification (§11)
    record Issued(List<Object> credentials, Optional<String> notificationId) implements CredentialResponse {
        public Issued {
            credentials = List.copyOf(credentials);
            if (credentials.isEmpty()) {
                throw new IllegalArgumentException("credentials is empty");
            }
        }

        /// How many; not which.
        @Override
        public String toString() {
            return "Issued[" + credentials.size() + "]";
        }
    }

    /// Ask again later; 202.
    ///
    /// @param interval how long to wait at least; whole seconds
    record Deferred(String transactionId, Duration interval) implements CredentialResponse {
        @Override
        public String toString() {
            return "Deferred[" + interval + "]";
        }
    }

    /// The HTTP status that goes with it.
    default int status() {
        return switch (this) {
            case Issued ignored -> 200;
            case Deferred ignored -> 202;
        };
    }

    /// @throws IllegalArgumentException if it is neither, or both
    static CredentialResponse read(JsonObject json) {
        var credentials = json.optionalObjects("credentials");
        var transactionId = json.optionalString("transaction_id");
        if (credentials.isPresent() == transactionId.isPresent()) {
            throw new IllegalArgumentException("expected either credentials or transaction_id");
        }
        if (transactionId.isPresent()) {
            var seconds = json.optionalSeconds("interval")
                    .filter(interval -> interval > 0)
                    .orElseThrow(() -> new IllegalArgumentException("interval is not a positive number"));
            return new Deferred(transactionId.get(), Duration.ofSeconds(seconds));
        }
        var values = new ArrayList<Object>();
        for (var entry : credentials.orElseThrow()) {
            values.add(
                    switch (entry.members().get("credential")) {
                        case String text -> text;
                        case Map<?, ?> object -> JsonObject.of(object);
                        case null, default ->
                            throw new IllegalArgumentException("credentials.credential is a string or an object");
                    });
        }
        return new Issued(values, json.optionalString("notification_id"));
    }

    default JsonObject write() {
        return switch (this) {
            case Issued(var credentials, var notificationId) ->
                JsonObject.builder()
                        .put(
                                "credentials",
                                credentials.stream()
                                        .map(one -> Map.of("credential", one))
                                        .toList())
                        .putIf("notification_id", notificationId)
                        .build();
            case Deferred(var transactionId, var interval) ->
                JsonObject.builder()
                        .put("transaction_id", transactionId)
                        .put("interval", interval.toSeconds())
                        .build();
        };
    }
}
