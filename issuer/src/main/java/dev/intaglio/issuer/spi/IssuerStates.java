package dev.intaglio.issuer.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes the `issuer_state` of Credential Offers with the authorization code grant; the authorization server's part in an
/// offer (§4.1.1).
public interface IssuerStates {
    /// @return empty if the authorization server is not told of offers: then the offer has no `issuer_state`
    Optional<String> create(Wanted wanted);

    /// Whether an offer with this state can still be taken up. It is readable as long as it can.
    boolean pending(String issuerState);

    /// For an authorization server that knows nothing of our offers.
    static IssuerStates none() {
        return new IssuerStates() {
            @Override
            public Optional<String> create(Wanted wanted) {
                return Optional.empty();
            }

            @Override
            public boolean pending(String issuerState) {
                return false;
            }
        };
    }

    /// @param offer names the offer; so begin, with a dot after it, the names of authorizations that take it up
    /// @param subject whom the credentials will be about; empty for whoever signs in
    /// @param singleUse whether it serves one wallet only
    record Wanted(
            String offer,
            Optional<String> subject,
            List<String> configurationIds,
            boolean singleUse,
            Duration validity) {
        public Wanted {
            configurationIds = List.copyOf(configurationIds);
        }

        /// Without the subject.
        @Override
        public String toString() {
            return "Wanted[" + configurationIds + "]";
        }
    }
}
