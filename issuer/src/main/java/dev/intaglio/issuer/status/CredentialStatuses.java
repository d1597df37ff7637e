package dev.intaglio.issuer.status;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.IssuerIdentification;
import dev.intaglio.credential.StatusMechanism;
import dev.intaglio.issuer.store.Page;
import dev.intaglio.issuer.store.Position;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusOperation;
import dev.intaglio.issuer.store.StatusOperation.Phase;
import dev.intaglio.issuer.store.StatusOperations;
import dev.intaglio.issuer.store.StatusOperations.Issued;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.protocol.http.Router;
import dev.intaglio.protocol.nonce.Unguessable;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Revokes, suspends and reinstates credentials, and sees to it that everybody can read of it. The front door for all that is
/// about status.
///
/// ```java
/// var order = Order.of(StatusVerb.REVOKE, StatusSelector.ofSubject("erika"), "lost her phone", "registry");
/// var done = issuer.statuses().change(order);
/// ```
public final class CredentialStatuses {
    private final StatusOperations operations;
    private final StatusSettings settings;
    private final StatusAddresses addresses;
    private final StatusAssignment assignment;
    private final StatusListPublisher publisher;
    private final StatusListEndpoint endpoint;
    private final List<CredentialDefinition> definitions;
    private final Clock clock;
    private final SecureRandom random;

    /// @param definitions of which those with a status are looked at
    public CredentialStatuses(
            URI issuer,
            List<CredentialDefinition> definitions,
            CredentialFormats formats,
            StatusLists lists,
            StatusOperations operations,
            StatusSettings settings,
            KeyRing keys,
            Clock clock,
            SecureRandom random) {
        this.operations = operations;
        this.settings = settings;
        this.definitions = definitions;
        this.clock = clock;
        this.random = random;
        addresses = new StatusAddresses(issuer);
        var carried = carried(definitions, formats);
        var resources = new LinkedHashSet<StatusResource>(List.of(StatusResource.Token.values()));
        var named = new LinkedHashMap<String, StatusResource>();
        carried.values()
                .forEach(one -> one.credentials().forEach(resource -> named.putIfAbsent(resource.name(), resource)));
        resources.addAll(named.values());
        if (carried.values().stream().anyMatch(StatusAssignment.Carried::identifiers)) {
            resources.add(StatusResource.Identifiers.IDENTIFIERS);
        }
        var served = new ServedLists(lists, settings.timeToLive());
        publisher = new StatusListPublisher(
                addresses, List.copyOf(resources), lists, served, settings, keys, clock, random);
        assignment = new StatusAssignment(
                carried,
                Optional.of(new StatusAllocation(lists, settings, publisher::catchUp, clock, random)),
                Optional.of(addresses));
        endpoint = new StatusListEndpoint(
                addresses,
                served,
                publisher::catchUp,
                settings.history().isZero() ? Optional.empty() : Optional.of(lists));
    }

    private static Map<String, StatusAssignment.Carried> carried(
            List<CredentialDefinition> definitions, CredentialFormats formats) {
        var carried = new LinkedHashMap<String, StatusAssignment.Carried>();
        for (var definition : definitions) {
            var policy = definition.status();
            if (policy.isEmpty()) {
                continue;
            }
            for (var configuration : definition.configurations()) {
                var format = formats.of(configuration);
                var mechanisms = policy.get().of(format, configuration);
                var credentials = new ArrayList<StatusResource.Credential>();
                if (mechanisms.contains(StatusMechanism.BITSTRING_STATUS_LIST)) {
                    var securing = format.documentSecuring()
                            .orElseThrow(() -> new IllegalStateException(
                                    "the format " + format.identifier() + " does not say how to secure status lists"));
                    policy.get()
                            .purposes()
                            .forEach(purpose -> credentials.add(new StatusResource.Credential(
                                    purpose, securing, IssuerIdentification.of(configuration), format.keyUse())));
                }
                carried.put(
                        configuration.id(),
                        new StatusAssignment.Carried(
                                mechanisms.contains(StatusMechanism.TOKEN_STATUS_LIST),
                                mechanisms.contains(StatusMechanism.IDENTIFIER_LIST),
                                List.copyOf(credentials)));
            }
        }
        return carried;
    }

    /// What somebody wants done.
    ///
    /// @param undoWindow how long it waits before it takes effect; empty for what the settings say
    public record Order(
            StatusVerb verb, StatusSelector selector, String reason, String actor, Optional<Duration> undoWindow) {
        private static final int LONGEST = 500;

        public Order {
            if (actor.isBlank() || actor.length() > LONGEST || reason.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "whoever changes a status has a name, and a reason of at most " + LONGEST + " characters");
            }
            if (undoWindow.filter(Duration::isNegative).isPresent()) {
                throw new IllegalArgumentException("the undo window is not negative");
            }
        }

        public static Order of(StatusVerb verb, StatusSelector selector, String reason, String actor) {
            return new Order(verb, selector, reason, actor, Optional.empty());
        }
    }

    /// Does it, at once or when its undo window is over. Where no other node is just publishing, what this node serves says so
    /// when this returns.
    public StatusOperation change(Order order) {
        var operation = operation(order);
        if (operation.phase() == Phase.STAGED) {
            var counted = operations.count(operation);
            operations.stage(counted);
            return counted;
        }
        var applied = operations.apply(operation);
        publisher.catchUp();
        return applied;
    }

    /// What it would come to. Changes nothing.
    public StatusOperation count(Order order) {
        return operations.count(operation(order));
    }

    private StatusOperation operation(Order order) {
        var now = clock.instant();
        var window = order.undoWindow().orElse(settings.undoWindow());
        // What is issued while the window is open is not meant: nobody has counted it. Times are kept in milliseconds.
        return new StatusOperation(
                Unguessable.text(random, Unguessable.IDENTIFIER),
                order.verb(),
                window.isZero() ? order.selector() : order.selector().before(now.plusMillis(1)),
                order.reason(),
                order.actor(),
                now,
                now.plus(window),
                window.isZero() ? Phase.APPLIED : Phase.STAGED,
                0,
                0);
    }

    /// Takes back an operation whose undo window is still open.
    ///
    /// @return whether that came in time
    public boolean undo(String operationId) {
        return operations.undo(operationId);
    }

    /// What was done, the latest first.
    public List<StatusOperation> operations(int atMost) {
        return operations.latest(atMost);
    }

    /// As above, from a place on.
    public Page<StatusOperation> operations(Optional<Position> after, int atMost) {
        return operations.latest(after, atMost);
    }

    public Optional<StatusOperation> operation(String id) {
        return operations.find(id);
    }

    /// Credentials as they are found again.
    public List<Issued> issued(StatusSelector selector, int atMost) {
        return operations.issued(selector, atMost);
    }

    /// As above, from a place on.
    public Page<Issued> issued(StatusSelector selector, Optional<Position> after, int atMost) {
        return operations.issued(selector, after, atMost);
    }

    /// The Credential Configurations of a type, or the one of that name.
    ///
    /// @throws IllegalArgumentException naming those there are
    public List<String> configurations(String type) {
        var found = definitions.stream()
                .flatMap(definition -> definition.configurations().stream()
                        .filter(configuration ->
                                Set.of(definition.id(), configuration.id()).contains(type)))
                .map(configuration -> configuration.id())
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no credential type " + type + "; there are "
                    + definitions.stream().map(CredentialDefinition::id).toList());
        }
        return found;
    }

    /// Where the status of a credential is to be read.
    public URI address(String listId) {
        return addresses.token(listId);
    }

    /// Lets operations take effect that are due, publishes what has changed, and takes up what others have published. To be
    /// called several times a second on every node: as often as that, a revocation made on one is seen on all.
    public void catchUp() {
        while (operations.applyDue(clock.instant()).isPresent()) {
            // One after the other: each is a transaction.
        }
        publisher.catchUp();
    }

    /// For the issuer itself.
    public StatusAssignment assignment() {
        return assignment;
    }

    /// Adds the addresses of the lists.
    public void route(Router.Builder routes) {
        routes.get(addresses.aggregationPath(), endpoint.aggregation())
                .get(addresses.tokenPath(), endpoint.tokens())
                .get(addresses.identifiersPath(), endpoint.identifiers())
                .get(addresses.credentialPath(), endpoint.credentials());
    }
}
