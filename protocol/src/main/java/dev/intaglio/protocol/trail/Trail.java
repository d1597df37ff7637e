package dev.intaglio.protocol.trail;

import dev.intaglio.protocol.explanation.Explanation;
import dev.intaglio.protocol.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the work of this thread turned out to be about, told to whoever follows it: which issuance, what was done, what was
/// refused. The endpoints tell; where nobody follows, nothing happens.
///
/// ```java
/// try (var trail = Trail.begin()) {
///     var response = endpoints.handle(request);
///     keep(request, response, trail);
/// }
/// ```
public final class Trail implements AutoCloseable {
    private static final ThreadLocal<@Nullable Trail> CURRENT = new ThreadLocal<>();

    private final @Nullable Trail outer;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> offers = new LinkedHashSet<>();
    private Optional<Act> act = Optional.empty();
    private Optional<Refused> refused = Optional.empty();
    private Optional<JsonObject> decrypted = Optional.empty();
    private Optional<JsonObject> encrypted = Optional.empty();

    private Trail(@Nullable Trail outer) {
        this.outer = outer;
    }

    /// Something that happened though no request of the protocol asked for it.
    ///
    /// @param configurationIds the Credential Configurations it is about
    public record Act(String what, List<String> configurationIds) {
        public Act {
            configurationIds = List.copyOf(configurationIds);
        }
    }

    /// Why a request was refused.
    ///
    /// @param error may be empty, as on the wire
    public record Refused(String error, String description, Explanation explanation) {}

    /// Follows what this thread does from now on, until it is closed.
    public static Trail begin() {
        var trail = new Trail(CURRENT.get());
        CURRENT.set(trail);
        return trail;
    }

    /// This is about the one issuance that has this name: an identifier, a code or a token. Names may be secrets; they are for
    /// comparing and never shown.
    public static void about(String name) {
        var trail = CURRENT.get();
        if (trail != null) {
            trail.names.add(name);
        }
    }

    /// This is about an offer of this name, which may be taken up by several.
    public static void aboutOffer(String name) {
        var trail = CURRENT.get();
        if (trail != null) {
            trail.offers.add(name);
        }
    }

    public static void did(String what, List<String> configurationIds) {
        var trail = CURRENT.get();
        if (trail != null) {
            trail.act = Optional.of(new Act(what, configurationIds));
        }
    }

    public static void refused(String error, String description, Explanation explanation) {
        var trail = CURRENT.get();
        if (trail != null) {
            trail.refused = Optional.of(new Refused(error, description, explanation));
        }
    }

    /// What the request said that came encrypted.
    public static void decrypted(JsonObject message) {
        var trail = CURRENT.get();
        if (trail != null) {
            trail.decrypted = Optional.of(message);
        }
    }

    /// What the response says that goes encrypted.
    public static void encrypted(JsonObject message) {
        var trail = CURRENT.get();
        if (trail != null) {
            trail.encrypted = Optional.of(message);
        }
    }

    public Optional<JsonObject> decrypted() {
        return decrypted;
    }

    public Optional<JsonObject> encrypted() {
        return encrypted;
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /// Names of offers.
    public Set<String> offers() {
        return Collections.unmodifiableSet(offers);
    }

    public Optional<Act> act() {
        return act;
    }

    public Optional<Refused> refused() {
        return refused;
    }

    @Override
    public void close() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /// Names are secrets.
    @Override
    public String toString() {
        return "Trail" + act.map(Act::what).stream().toList();
    }
}
