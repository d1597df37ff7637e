package dev.intaglio.wallet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How asking for credentials ended.
public sealed interface Outcome {
    /// The credentials are here, verified.
    ///
    /// @param notifiable one for each response whose issuer wants to hear what became of its credentials
    record Received(List<ReceivedCredential> credentials, List<Notifiable> notifiable) implements Outcome {
        public Received {
            notifiable = List.copyOf(notifiable);
            credentials = List.copyOf(credentials);
        }
    }

    /// Several credentials were asked for, and not all are here: those that are, verified, and how it ended for the others.
    ///
    /// @param missing at least one; [Received] is not among them
    record Partly(Received received, List<Missing> missing) implements Outcome {
        public Partly {
            missing = List.copyOf(missing);
        }
    }

    /// The issuer will have them later (§9). [Wallet#askAgain] asks for them.
    ///
    /// @param interval how long to wait at least before asking again
    record Later(DeferredCredentials deferred, Duration interval) implements Outcome {}

    /// The issuer, or the user at the authorization server, said no, by the standard's means.
    ///
    /// @param status of the response; 303 if the browser brought it
    /// @param error the code, such as `invalid_grant` or `access_denied`
    /// @param description what the issuer says about it; empty if nothing
    record Refused(int status, String error, String description) implements Outcome {
        /// Whether a user who entered the Transaction Code may enter it again (§6.3). After several wrong ones an issuer
        /// refuses the code itself, by the same error.
        public boolean txCodeMayBeRetried() {
            return error.equals("invalid_grant") || error.equals("invalid_tx_code");
        }
    }

    /// What came is not what it claims to be, or is bound to another key. None of the response was kept, as all of it is reported as
    /// one failure (§11.1).
    ///
    /// @param notifiable if the issuer wants to hear of it
    record Unverified(String reason, Optional<Notifiable> notifiable) implements Outcome {}

    /// A server could not be reached or did not do what the standard says. Stands in [Partly] only: where there is nothing to
    /// keep it is a [WalletException].
    record Failed(String reason) implements Outcome {}

    /// A credential that did not come.
    record Missing(String configurationId, Outcome outcome) {}
}
