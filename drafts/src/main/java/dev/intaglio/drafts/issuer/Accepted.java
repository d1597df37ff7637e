package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Draft;
import dev.intaglio.issuer.spi.DialectProvider;
import dev.intaglio.protocol.oauth.Refusal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which drafts an operator has us understand, and until when.
///
/// @param tolerant whether answers of the issuer itself also carry what clients of mixed drafts look for
final class Accepted {
    private static final String STRICT = "strict";
    private static final String TOLERANT = "tolerant";

    private final Set<Draft> drafts;
    private final boolean tolerant;
    private final Map<Draft, LocalDate> until;
    private final Clock clock;

    private Accepted(Set<Draft> drafts, boolean tolerant, Map<Draft, LocalDate> until, Clock clock) {
        this.drafts = drafts;
        this.tolerant = tolerant;
        this.until = until;
        this.clock = clock;
    }

    /// @throws IllegalArgumentException naming what may be chosen
    static Accepted of(DialectProvider.Settings settings, Clock clock) {
        var until = new EnumMap<Draft, LocalDate>(Draft.class);
        settings.until().forEach((label, day) -> until.put(Draft.of(label), day));
        var words = Arrays.stream(settings.accepted().split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        var drafts = EnumSet.noneOf(Draft.class);
        if (words.size() == 1 && words.getFirst().equals(TOLERANT)) {
            return new Accepted(EnumSet.allOf(Draft.class), true, until, clock);
        }
        if (words.size() != 1 || !words.getFirst().equals(STRICT)) {
            for (var word : words) {
                drafts.add(Draft.find(word)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "expected strict, tolerant or a list of drafts such as draft-13, found " + word)));
            }
        }
        return new Accepted(drafts, false, until, clock);
    }

    Set<Draft> drafts() {
        return drafts;
    }

    boolean tolerant() {
        return tolerant;
    }

    boolean strict() {
        return drafts.isEmpty();
    }

    boolean upTo(Draft latest) {
        return drafts.stream().anyMatch(draft -> draft.upTo(latest) && !over(draft));
    }

    private boolean over(Draft draft) {
        return Optional.ofNullable(until.get(draft))
                .filter(day ->
                        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).isAfter(day))
                .isPresent();
    }

    /// @throws Refusal if its time is over
    void require(Draft draft, String code) {
        if (over(draft)) {
            throw Refusal.of(
                    code,
                    400,
                    "this issuer understood " + draft.label() + " of OpenID4VCI until " + until.get(draft)
                            + "; it speaks 1.0: " + Advice.REQUEST);
        }
    }
}
