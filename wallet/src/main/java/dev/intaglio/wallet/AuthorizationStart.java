package dev.intaglio.wallet;

import java.net.URI;

/// How the authorization code flow begins.
public sealed interface AuthorizationStart {
    /// The user's browser goes to an address and comes back to the redirect URI.
    ///
    /// @param address where to send the browser
    /// @param pending what [Wallet#complete] needs when it comes back; to be kept until then
    record Ready(URI address, PendingAuthorization pending) implements AuthorizationStart {
        /// Without the address, which may hold the request.
        @Override
        public String toString() {
            return "Ready[" + address.getHost() + "]";
        }
    }

    /// The authorization server does not take the pushed request (RFC 9126, section 2.3).
    record Refused(Outcome.Refused refusal) implements AuthorizationStart {}
}
