package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Draft;
import java.util.Optional;

/// A `transaction_id` as a wallet of a draft gets it: it carries the draft and the format that the answer is to be in, so that
/// whoever comes back with it is answered as he asked. No secret is in it but the id.
record Later(Draft draft, String format, String transactionId) {
    private static final char END = '~';

    static Optional<Later> read(String value) {
        var first = value.indexOf(END);
        var second = value.indexOf(END, first + 1);
        return first < 0 || second < 0
                ? Optional.empty()
                : Draft.find(value.substring(0, first))
                        .map(draft ->
                                new Later(draft, value.substring(first + 1, second), value.substring(second + 1)));
    }

    String write() {
        return draft.label() + END + format + END + transactionId;
    }

    @Override
    public String toString() {
        return "Later[" + draft + "]";
    }
}
