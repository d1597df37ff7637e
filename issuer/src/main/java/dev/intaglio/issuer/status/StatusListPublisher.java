package dev.intaglio.issuer.status;

import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusLists.Due;
import dev.intaglio.issuer.store.StatusLists.Published;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.statuslist.Bitstring;
import dev.intaglio.statuslist.BitstringStatusListCredential;
import dev.intaglio.statuslist.IdentifierListToken;
import dev.intaglio.statuslist.StatusListToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Signs and publishes the lists that have changed, and those that are getting old. Every node may try at any time; the lease in
/// the store lets one of them, and a publication that a later one has overtaken comes to nothing.
final class StatusListPublisher {
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final URI issuer;
    private final StatusAddresses addresses;
    private final List<StatusResource> kinds;
    private final StatusLists lists;
    private final ServedLists served;
    private final StatusSettings settings;
    private final KeyRing keys;
    private final Clock clock;
    private final String holder;
    private final ReentrantLock turn = new ReentrantLock();
    private List<StatusResource> resources = List.of();
    private String resourceNames = "";
    private long changesSeen = -1;
    private Instant lookAgainAt = Instant.MIN;

    StatusListPublisher(
            StatusAddresses addresses,
            List<StatusResource> kinds,
            StatusLists lists,
            ServedLists served,
            StatusSettings settings,
            KeyRing keys,
            Clock clock,
            SecureRandom random) {
        this.issuer = addresses.issuer();
        this.addresses = addresses;
        this.kinds = List.copyOf(kinds);
        this.lists = lists;
        this.served = served;
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        holder = Unguessable.text(random, Unguessable.IDENTIFIER);
    }

    /// Publishes what is due, if it is for this node to do, and takes up what was published, by whomever. Costs a look at one
    /// row if nothing has happened.
    void catchUp() {
        turn.lock();
        try {
            var now = clock.instant();
            followKeys();
            var store = lists.clock();
            // Between changes lists still grow old: that is looked for a few times in their life only.
            if (store.changed() != changesSeen || !now.isBefore(lookAgainAt)) {
                if (lists.lease(holder, now.plus(LEASE), now)) {
                    publishAll(store.changed(), now);
                }
                store = lists.clock();
            }
            served.takeUp(store.published());
        } finally {
            turn.unlock();
        }
    }

    /// Some list credentials are one key's: with a new key there is another document of each list.
    private void followKeys() {
        var now = kinds.stream()
                .<StatusResource>flatMap(kind -> switch (kind) {
                    case StatusResource.Token form -> Stream.of(form);
                    case StatusResource.Identifiers identifiers -> Stream.of(identifiers);
                    case StatusResource.Credential credential -> credential.each(keys);
                })
                .toList();
        if (!now.equals(resources)) {
            resources = now;
            resourceNames = now.stream()
                    .map(resource -> resource.name().toLowerCase(Locale.ROOT))
                    .sorted()
                    .collect(Collectors.joining(" "));
            lookAgainAt = Instant.MIN;
        }
    }

    private void publishAll(long changed, Instant now) {
        try {
            if (publishDue(now)) {
                changesSeen = changed;
                lookAgainAt = now.plus(settings.validity().dividedBy(20));
            }
        } finally {
            lists.lease(holder, now, now); // the next may begin
        }
    }

    /// @return whether all of it was
    private boolean publishDue(Instant now) {
        var complete = true;
        for (var list : lists.due(now.minus(settings.validity().dividedBy(2)), resourceNames)) {
            complete &= lists.publish(
                    list,
                    resourceNames,
                    documents(list, now),
                    !settings.history().isZero(),
                    now);
            lists.lease(holder, clock.instant().plus(LEASE), clock.instant());
        }
        if (!settings.history().isZero()) {
            lists.forgetHistory(now.minus(settings.history()));
        }
        return complete;
    }

    private List<Published> documents(Due list, Instant now) {
        var states = lists.states(list);
        var at = now.truncatedTo(ChronoUnit.SECONDS);
        var until = at.plus(settings.validity());
        var token = new StatusListToken(
                addresses.token(list.listId()),
                at,
                Optional.of(until),
                Optional.of(settings.timeToLive()),
                StatusResource.Token.list(states),
                Optional.of(addresses.aggregation()));
        var documents = new ArrayList<Published>(resources.size());
        // To compress a list costs more than all else: once for each purpose, however its credentials are secured.
        var byPurpose = new HashMap<String, Bitstring>();
        for (var resource : resources) {
            var content = switch (resource) {
                case StatusResource.Token form ->
                    switch (form) {
                        case JWT ->
                            token.jwt(keys.current(KeyUse.STATUS_LIST, KeyUse.CREDENTIAL))
                                    .getBytes(StandardCharsets.US_ASCII);
                        case CWT -> token.cwt(keys.current(KeyUse.STATUS_LIST, KeyUse.CREDENTIAL));
                    };
                case StatusResource.Credential credential ->
                    credential(
                            list,
                            credential,
                            byPurpose.computeIfAbsent(credential.purpose(), purpose -> credential.list(states)),
                            at,
                            until);
                case StatusResource.Identifiers identifiers ->
                    new IdentifierListToken(
                                    addresses.identifiers(list.listId()),
                                    at,
                                    until,
                                    Optional.of(settings.timeToLive()),
                                    StatusResource.Identifiers.list(states),
                                    Optional.empty())
                            .cwt(keys.current(KeyUse.STATUS_LIST, KeyUse.CREDENTIAL));
            };
            documents.add(new Published(list.listId(), resource.name(), resource.mediaType(), content, at, until, 0));
        }
        return documents;
    }

    private byte[] credential(
            Due list, StatusResource.Credential resource, Bitstring statuses, Instant at, Instant until) {
        var document = new BitstringStatusListCredential(
                        addresses.credential(list.listId(), resource.name()),
                        resource.purpose(),
                        statuses,
                        resource.messages(),
                        at,
                        Optional.of(until),
                        Optional.of(settings.timeToLive()))
                .document();
        return resource.securing().secure(document, resource.way(), issuer, resource.signer(keys));
    }
}
