package dev.intaglio.server.login;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.spring.CredentialTypes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What credentials want to know from a sign-in, and nothing else: the definitions with a `login` source name it. It waits in
/// the visit's cookie for the person's consent, so it is small.
record SignInClaims(Set<String> wanted) {
    /// A cookie holds 4096 bytes, and base64 makes four of three.
    static final int LARGEST = 2_000;

    SignInClaims {
        wanted = Set.copyOf(wanted);
    }

    static SignInClaims of(CredentialTypes types) {
        return new SignInClaims(types.claimsOfSignIns());
    }

    /// @throws IllegalArgumentException if it is too much to be kept
    JsonObject among(Map<String, ? extends @Nullable Object> told) {
        var claims = new LinkedHashMap<String, @Nullable Object>();
        wanted.stream()
                .sorted()
                .filter(name -> told.get(name) != null)
                .forEach(name -> claims.put(name, plain(told.get(name))));
        var json = Json.readObject(JsonObject.of(claims).bytes());
        if (json.bytes().length > LARGEST) {
            throw new IllegalArgumentException("the claims of the sign-in are more than " + LARGEST
                    + " bytes; let the login source of the definition name fewer of "
                    + json.members().keySet());
        }
        return json;
    }

    /// Spring turns some claims into objects of its own kinds, and lists of the configuration into maps.
    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> members
            when list(members) ->
                members.values().stream().map(SignInClaims::plain).toList();
            case Map<?, ?> members -> {
                var plain = new LinkedHashMap<String, @Nullable Object>();
                members.forEach((name, member) -> plain.put(String.valueOf(name), plain(member)));
                yield plain;
            }
            case Collection<?> elements ->
                elements.stream().map(SignInClaims::plain).toList();
            case Instant time -> time.truncatedTo(ChronoUnit.SECONDS).getEpochSecond();
            case Boolean bool -> bool;
            case Number number -> number;
            default -> String.valueOf(value);
        };
    }

    private static boolean list(Map<?, ?> members) {
        var index = 0;
        for (var name : members.keySet()) {
            if (!String.valueOf(name).equals(String.valueOf(index++))) {
                return false;
            }
        }
        return index > 0;
    }
}
