package dev.intaglio.issuer.offer;

import dev.intaglio.protocol.offer.TxCode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// What somebody at the issuer wants offered.
///
/// @param subject whom the credentials are about, as the data source knows them
/// @param txCode present if the user shall enter a Transaction Code
/// @param validity how long the offer can be taken up
public record OfferRequest(String subject, List<String> configurationIds, Optional<TxCode> txCode, Duration validity) {
    private static final Duration LONGEST = Duration.ofDays(7);

    public OfferRequest {
        configurationIds = List.copyOf(configurationIds);
        if (subject.isBlank()) {
            throw new IllegalArgumentException("subject is empty");
        }
        if (configurationIds.isEmpty() || new HashSet<>(configurationIds).size() < configurationIds.size()) {
            throw new IllegalArgumentException(
                    "an offer is for at least one credential configuration, and for each once");
        }
        if (validity.isNegative() || validity.isZero() || validity.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "an offer is valid for more than nothing and at most " + LONGEST.toDays() + " days");
        }
    }

    /// Without the subject.
    @Override
    public String toString() {
        return "OfferRequest[" + configurationIds + "]";
    }
}
