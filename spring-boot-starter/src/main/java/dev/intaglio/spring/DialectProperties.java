package dev.intaglio.spring;

import java.time.LocalDate;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Drafts of the standard that are understood beside it.
///
/// @param drafts `strict` for 1.0 alone, `tolerant` for every draft there is and clients that mix them, or a list of drafts
///     such as `draft-13,draft-15`
/// @param draftSunsets the last day on which a draft is understood, by its name; by default there is none
@ConfigurationProperties("intaglio")
public record DialectProperties(
        @DefaultValue("strict") String drafts, @DefaultValue Map<String, LocalDate> draftSunsets) {
    public DialectProperties {
        draftSunsets = Map.copyOf(draftSunsets);
    }
}
