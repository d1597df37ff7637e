package dev.intaglio.issuer.spi;

import dev.intaglio.protocol.offer.TxCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Makes the pre-authorized codes of Credential Offers; the authorization server's part in an offer (§4.1.1).
public interface PreAuthorizedCodes {
    Made create(Wanted wanted);

    /// For an issuer all of whose authorization servers are somebody else's: they would not know its codes.
    static PreAuthorizedCodes none() {
        return new PreAuthorizedCodes() {
            @Override
            public Made create(Wanted wanted) {
                throw new IllegalArgumentException(
                        "an offer with a pre-authorized code needs an authorization server of the issuer's own; here all are external");
            }

            @Override
            public boolean pending(String code) {
                return false;
            }
        };
    }

    /// Whether a code can still be redeemed. An offer is readable as long as it can.
    boolean pending(String code);

    /// @param offer names the offer; [Made#authorizationId] begins with it and a dot, so that what came of the offer can be told
    /// @param subject whom the credentials are about
    /// @param txCode whether the user must enter a Transaction Code, and of which shape
    record Wanted(
            String offer, String subject, List<String> configurationIds, Optional<TxCode> txCode, Duration validity) {
        public Wanted {
            configurationIds = List.copyOf(configurationIds);
        }

        /// Without the subject.
        @Override
        public String toString() {
            return "Wanted[" + configurationIds + "]";
        }
    }

    /// @param txCodeValue what the user is to enter; goes to the user by another way than the offer
    /// @param authorizationId what access tokens that come of the code will name as their authorization
    record Made(String code, Optional<String> txCodeValue, String authorizationId) {
        /// Both are secrets.
        @Override
        public String toString() {
            return "Made";
        }
    }
}
