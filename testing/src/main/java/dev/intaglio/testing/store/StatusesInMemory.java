package dev.intaglio.testing.store;

import dev.intaglio.issuer.store.CredentialState;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.issuer.store.Page;
import dev.intaglio.issuer.store.Position;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusOperation;
import dev.intaglio.issuer.store.StatusOperation.Phase;
import dev.intaglio.issuer.store.StatusOperations;
import dev.intaglio.issuer.store.StatusPage;
import dev.intaglio.issuer.store.StatusSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Status lists and what is done to them in memory, under one lock.
final class StatusesInMemory implements StatusLists, StatusOperations {
    private final Supplier<List<IssuanceRecord>> recorded;
    private final Map<String, Row> lists = new LinkedHashMap<>();
    private final Map<String, StatusOperation> operations = new LinkedHashMap<>();
    private final List<Kept> published = new ArrayList<>();
    private long changes;
    private long publications;
    private String holder = "";
    private Instant leaseUntil = Instant.MIN;

    private static final class Row {
        private final NewList list;
        private final Map<Integer, StatusPage> pages = new TreeMap<>();
        private int reserved;
        private long changed;
        private long published = -1;
        private String resources = "";
        private Instant publishedAt = Instant.MIN;

        private Row(NewList list) {
            this.list = list;
        }

        private StatusPage page(int number) {
            return pages.getOrDefault(number, StatusPage.empty());
        }
    }

    private record Kept(Published document, boolean latest) {}

    StatusesInMemory(Supplier<List<IssuanceRecord>> recorded) {
        this.recorded = recorded;
    }

    @Override
    public synchronized Stretch reserve(int places, NewList otherwise, Instant now) {
        var last = lists.values().stream().reduce((first, second) -> second);
        if (last.isPresent() && last.get().reserved + places <= last.get().list.size()) {
            return take(last.get(), places, false);
        }
        var row = new Row(otherwise);
        lists.put(otherwise.id(), row);
        row.changed = ++changes;
        return take(row, places, true);
    }

    private static Stretch take(Row row, int places, boolean opened) {
        if (places > row.list.size()) {
            throw new IllegalStateException("a list has fewer places");
        }
        var from = row.reserved;
        row.reserved += places;
        return new Stretch(row.list.id(), row.list.size(), row.list.orderKey(), from, row.reserved, opened);
    }

    @Override
    public synchronized Clock clock() {
        return new Clock(changes, publications);
    }

    @Override
    public synchronized boolean lease(String who, Instant until, Instant now) {
        if (!who.equals(holder) && leaseUntil.isAfter(now)) {
            return false;
        }
        holder = who;
        leaseUntil = until;
        return true;
    }

    @Override
    public synchronized List<Due> due(Instant publishedBefore, String resources) {
        return lists.values().stream()
                .filter(row -> row.changed > row.published
                        || row.publishedAt.isBefore(publishedBefore)
                        || !row.resources.equals(resources))
                .map(row -> new Due(row.list.id(), row.list.size(), row.changed))
                .toList();
    }

    @Override
    public synchronized byte[] states(Due list) {
        var states = new byte[list.size() / 4];
        row(list.listId())
                .pages
                .forEach((number, page) ->
                        System.arraycopy(page.states(), 0, states, number * StatusPage.BYTES, StatusPage.BYTES));
        return states;
    }

    private Row row(String listId) {
        return Optional.ofNullable(lists.get(listId)).orElseThrow();
    }

    @Override
    public synchronized boolean publish(
            Due list, String resources, List<Published> documents, boolean keepHistory, Instant now) {
        var row = row(list.listId());
        if (row.published > list.changed()) {
            return false;
        }
        row.published = list.changed();
        row.resources = resources;
        row.publishedAt = now;
        publications++;
        for (var i = published.size() - 1; i >= 0; i--) {
            var kept = published.get(i);
            if (kept.document().listId().equals(list.listId())) {
                if (keepHistory) {
                    published.set(i, new Kept(kept.document(), false));
                } else {
                    published.remove(i);
                }
            }
        }
        documents.forEach(document -> published.add(new Kept(
                new Published(
                        document.listId(),
                        document.resource(),
                        document.mediaType(),
                        document.content(),
                        document.issuedAt(),
                        document.expiresAt(),
                        publications),
                true)));
        return true;
    }

    @Override
    public synchronized List<Published> publishedAfter(long number) {
        return published.stream()
                .filter(kept -> kept.latest() && kept.document().number() > number)
                .map(Kept::document)
                .toList();
    }

    @Override
    public synchronized Optional<Published> at(String listId, String resource, Instant moment) {
        return published.stream()
                .map(Kept::document)
                .filter(document -> document.listId().equals(listId)
                        && document.resource().equals(resource)
                        && !document.issuedAt().isAfter(moment)
                        && document.expiresAt().isAfter(moment))
                .max(Comparator.comparing(Published::number));
    }

    @Override
    public synchronized int forgetHistory(Instant before) {
        var had = published.size();
        published.removeIf(kept -> !kept.latest() && kept.document().issuedAt().isBefore(before));
        return had - published.size();
    }

    @Override
    public synchronized StatusOperation apply(StatusOperation operation) {
        var done = perform(operation, true);
        operations.put(done.id(), done);
        return done;
    }

    @Override
    public synchronized StatusOperation count(StatusOperation operation) {
        var done = perform(operation, false);
        return operation.with(operation.phase(), done.matched(), done.changed());
    }

    @Override
    public synchronized void stage(StatusOperation operation) {
        operations.put(operation.id(), operation);
    }

    @Override
    public synchronized Optional<StatusOperation> applyDue(Instant now) {
        return operations.values().stream()
                .filter(operation ->
                        operation.phase() == Phase.STAGED && !operation.dueAt().isAfter(now))
                .findFirst()
                .map(this::apply);
    }

    @Override
    public synchronized boolean undo(String id) {
        var found = find(id).filter(operation -> operation.phase() == Phase.STAGED);
        found.ifPresent(operation ->
                operations.put(id, operation.with(Phase.UNDONE, operation.matched(), operation.changed())));
        return found.isPresent();
    }

    @Override
    public synchronized Optional<StatusOperation> find(String id) {
        return Optional.ofNullable(operations.get(id));
    }

    @Override
    public synchronized Page<StatusOperation> latest(Optional<Position> after, int atMost) {
        return PagesInMemory.latestFirst(
                operations.values(), operation -> new Position(operation.requestedAt(), operation.id()), after, atMost);
    }

    @Override
    public synchronized Page<Issued> issued(StatusSelector selector, Optional<Position> after, int atMost) {
        var page = PagesInMemory.latestFirst(
                recorded.get().stream()
                        .filter(issuance -> !selected(issuance, selector).isEmpty())
                        .toList(),
                issuance -> new Position(issuance.issuedAt(), issuance.id()),
                after,
                atMost);
        var issued = new ArrayList<Issued>();
        var last = Optional.<Position>empty();
        for (var issuance : page.items()) {
            var selected = selected(issuance, selector);
            if (last.isPresent() && issued.size() + selected.size() > atMost) {
                return new Page<>(issued, last);
            }
            issued.addAll(selected);
            last = Optional.of(new Position(issuance.issuedAt(), issuance.id()));
        }
        return new Page<>(issued, page.next());
    }

    private List<Issued> selected(IssuanceRecord issuance, StatusSelector selector) {
        var issued = new ArrayList<Issued>();
        issuance.status().ifPresent(status -> {
            for (var number = 0; number < status.indices().size(); number++) {
                if (selector.selects(issuance, number)) {
                    issued.add(new Issued(
                            issuance,
                            number,
                            state(status.listId(), status.indices().get(number))));
                }
            }
        });
        return issued;
    }

    private CredentialState state(String listId, int index) {
        return row(listId).page(index / StatusPage.ENTRIES).state(index % StatusPage.ENTRIES);
    }

    private StatusOperation perform(StatusOperation operation, boolean keep) {
        var selector = operation.selector();
        var places = new ArrayList<StatusSelector.Place>();
        if (selector.place().isPresent() && selector.write().members().size() == 2) {
            selector.place()
                    .filter(place -> lists.containsKey(place.listId())
                            && place.index() >= 0
                            && place.index() < row(place.listId()).list.size())
                    .ifPresent(places::add);
        } else {
            recorded.get().stream()
                    .flatMap(issuance -> selected(issuance, selector).stream())
                    .forEach(one -> one.issuance()
                            .status()
                            .ifPresent(status -> places.add(new StatusSelector.Place(
                                    status.listId(), status.indices().get(one.number())))));
        }
        var changed = 0;
        for (var place : places) {
            var row = row(place.listId());
            var number = (int) place.index() / StatusPage.ENTRIES;
            var after = row.page(number).with(operation.verb(), new int[] {(int) place.index() % StatusPage.ENTRIES});
            changed += after.changed().length;
            if (keep && after.changed().length > 0) {
                row.pages.put(number, after.page());
                row.changed = ++changes;
            }
        }
        return operation.with(Phase.APPLIED, places.size(), changed);
    }
}
