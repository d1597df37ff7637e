package dev.intaglio.issuer.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps status lists: which indices are given away, what state they are in, and what was published of them.
///
/// A *clock* that only counts orders what happens: each change of a list and each publication has a number, and a node that
/// remembers the last numbers it saw has only to ask for what came after.
public interface StatusLists {
    /// A list, when it is begun.
    ///
    /// @param id random: its address
    /// @param size how many indices; a multiple of [StatusPage#ENTRIES]
    /// @param orderKey a secret from which follows the order its indices are given away in
    record NewList(String id, int size, byte[] orderKey) {
        @Override
        public String toString() {
            return "NewList[" + id + ", " + size + "]";
        }
    }

    /// Places in a list's order that one node has to itself, to give away as it likes.
    ///
    /// @param from the first place
    /// @param to after the last place
    /// @param opened whether the list has just been begun, and nothing of it is published
    record Stretch(String listId, int size, byte[] orderKey, int from, int to, boolean opened) {
        @Override
        public String toString() {
            return "Stretch[" + listId + ", " + from + ", " + to + "]";
        }
    }

    /// Takes the next places of a list that has as many left, in one atomic step; begins a list if none has. Of any number
    /// of callers none gets a place that another got, and a place is never given twice.
    Stretch reserve(int places, NewList otherwise, Instant now);

    /// Where the clock stands.
    ///
    /// @param changed number of the last change
    /// @param published number of the last publication
    record Clock(long changed, long published) {}

    Clock clock();

    /// Whether the caller is the one who publishes until then. It is, if nobody else is; who is may ask again for longer.
    boolean lease(String holder, Instant until, Instant now);

    /// A list that has to be published.
    ///
    /// @param changed number of its last change
    record Due(String listId, int size, long changed) {}

    /// Lists that changed since they were published, were published before a time, or with other resources than these.
    List<Due> due(Instant publishedBefore, String resources);

    /// The states of a list: its pages one after the other, as it has been at some moment after the number of [Due] was read.
    byte[] states(Due list);

    /// Something of a list, signed and ready to be sent.
    ///
    /// @param resource which of the list's documents
    /// @param number of the publication it came with
    record Published(
            String listId,
            String resource,
            String mediaType,
            byte[] content,
            Instant issuedAt,
            Instant expiresAt,
            long number) {
        @Override
        public String toString() {
            return "Published[" + listId + ", " + resource + ", " + number + "]";
        }
    }

    /// Replaces what is published of a list, all or nothing, in one transaction.
    ///
    /// @param resources that the documents are all there should be; kept for [#due]
    /// @param keepHistory whether what was published before stays, for [#at]
    /// @return false if somebody has published a later change meanwhile: then nothing happened
    boolean publish(Due list, String resources, List<Published> documents, boolean keepHistory, Instant now);

    /// What is published now, of lists that were published after that number.
    List<Published> publishedAfter(long number);

    /// What was valid at a moment.
    Optional<Published> at(String listId, String resource, Instant moment);

    /// Forgets what was replaced before then.
    int forgetHistory(Instant before);
}
