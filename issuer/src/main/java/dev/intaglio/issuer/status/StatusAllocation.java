package dev.intaglio.issuer.status;

import dev.intaglio.issuer.store.IssuedStatus;
import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusLists.NewList;
import dev.intaglio.issuer.store.StatusLists.Stretch;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;

/// Gives away indices of status lists. A node takes thousands of them from the store at once, and gives them away from memory;
/// what it had left when it stopped is never given to anybody. All credential types share the lists, and every list is filled
/// in a random order of its own ([ListOrder]): an index says neither when a credential was issued nor what it is, nor which
/// others came with it.
final class StatusAllocation {
    private static final int ID_LENGTH = 12;

    private final Order order;
    private final StatusLists lists;
    private final StatusSettings settings;
    private final Runnable opened;
    private final Clock clock;
    private final SecureRandom random;
    private final ReentrantLock turn = new ReentrantLock();
    private Reserved reserved = new Reserved("", new int[0]);
    private int next;

    /// The indices at some places of a list.
    @FunctionalInterface
    interface Order {
        int[] places(byte[] key, int size, int from, int to);
    }

    private record Reserved(String listId, int[] indices) {}

    /// @param opened called when a list was begun, before any index of it is given away
    StatusAllocation(StatusLists lists, StatusSettings settings, Runnable opened, Clock clock, SecureRandom random) {
        this(ListOrder::places, lists, settings, opened, clock, random);
    }

    StatusAllocation(
            Order order,
            StatusLists lists,
            StatusSettings settings,
            Runnable opened,
            Clock clock,
            SecureRandom random) {
        this.order = order;
        this.lists = lists;
        this.settings = settings;
        this.opened = opened;
        this.clock = clock;
        this.random = random;
    }

    /// Indices for the credentials of one response, all of one list.
    IssuedStatus allocate(int credentials) {
        turn.lock();
        try {
            // The few that are left are dropped rather than mixed with those of another list: lists stay full of holes
            // that nobody can tell from valid credentials.
            if (reserved.indices().length - next < credentials) {
                reserved = reserve(Math.max(credentials, settings.reservation()));
                next = 0;
            }
            var indices = Arrays.stream(reserved.indices(), next, next + credentials)
                    .boxed()
                    .toList();
            next += credentials;
            return new IssuedStatus(reserved.listId(), indices);
        } finally {
            turn.unlock();
        }
    }

    private Reserved reserve(int places) {
        var id = new byte[ID_LENGTH];
        random.nextBytes(id);
        var key = new byte[ListOrder.KEY_LENGTH];
        random.nextBytes(key);
        var stretch =
                lists.reserve(places, new NewList(HexFormat.of().formatHex(id), settings.size(), key), clock.instant());
        if (stretch.opened()) {
            opened.run();
        }
        return new Reserved(stretch.listId(), indices(stretch));
    }

    private int[] indices(Stretch stretch) {
        return order.places(stretch.orderKey(), stretch.size(), stretch.from(), stretch.to());
    }
}
