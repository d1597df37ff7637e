package dev.intaglio.issuer.status;

import dev.intaglio.issuer.store.StatusLists;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Gives places away, and does nothing else.
final class OnlyReservations implements StatusLists {
    private Optional<NewList> list = Optional.empty();
    private int reserved;
    private int statements;

    @Override
    public synchronized Stretch reserve(int places, NewList otherwise, Instant now) {
        statements++;
        var opened = list.isEmpty() || reserved + places > list.get().size();
        if (opened) {
            list = Optional.of(otherwise);
            reserved = 0;
        }
        var current = list.orElseThrow();
        reserved += places;
        return new Stretch(current.id(), current.size(), current.orderKey(), reserved - places, reserved, opened);
    }

    /// How often it was asked.
    synchronized int statements() {
        return statements;
    }

    @Override
    public Clock clock() {
        return new Clock(0, 0);
    }

    @Override
    public boolean lease(String holder, Instant until, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Due> due(Instant publishedBefore, String resources) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] states(Due due) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean publish(Due due, String resources, List<Published> documents, boolean keepHistory, Instant now) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Published> publishedAfter(long number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Published> at(String listId, String resource, Instant moment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int forgetHistory(Instant before) {
        throw new UnsupportedOperationException();
    }
}
