package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Draft;
import dev.intaglio.drafts.wire.Parts;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Grant;
import java.util.Optional;

/// The code of an offer that was read in a draft: it carries the draft, so that the token endpoint, which is one for all, can
/// answer in it. That is all it does: whoever takes the mark off, or puts it on, gets the same token.
record OfferedCode(Draft draft, String code) {
    static final String PARAMETER = "pre-authorized_code";
    private static final char END = '~';

    static Optional<OfferedCode> read(String value) {
        var end = value.indexOf(END);
        return end < 0
                ? Optional.empty()
                : Draft.find(value.substring(0, end)).map(draft -> new OfferedCode(draft, value.substring(end + 1)));
    }

    /// An offer with its code marked, if it has one.
    static JsonObject mark(JsonObject offer, Draft draft) {
        return Parts.in(
                offer,
                "grants",
                grants -> Parts.in(
                        grants,
                        Grant.PRE_AUTHORIZED_CODE,
                        grant -> Parts.putIf(
                                grant,
                                PARAMETER,
                                grant.optionalString(PARAMETER).map(code -> new OfferedCode(draft, code).write()))));
    }

    private String write() {
        return draft.label() + END + code;
    }

    @Override
    public String toString() {
        return "OfferedCode[" + draft + "]";
    }
}
