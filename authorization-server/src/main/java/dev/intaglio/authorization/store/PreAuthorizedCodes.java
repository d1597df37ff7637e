package dev.intaglio.authorization.store;

import java.time.Instant;
import java.util.Optional;

/// Pre-authorized codes waiting to be redeemed (§4.1.1, §6.1), kept as hashes.
public interface PreAuthorizedCodes {
    /// @param txCodeHash present if the user must enter a Transaction Code
    /// @param attempts how many wrong Transaction Codes use the code up; at least 1
    void save(
            String codeHash,
            PreAuthorization authorization,
            Optional<String> txCodeHash,
            int attempts,
            Instant expiresAt);

    /// Takes a code out of the store if the Transaction Code fits: of any number of callers, at most one gets
    /// [Redemption.Redeemed]. A wrong Transaction Code counts an attempt and leaves the code until none is left; a missing
    /// or unexpected one counts nothing.
    Redemption redeem(String codeHash, Optional<String> txCodeHash, Instant now);

    /// What a code stands for, as long as it could be redeemed with the right Transaction Code. Uses nothing up.
    Optional<PreAuthorization> find(String codeHash, Instant now);

    /// Whether the code could be redeemed with the right Transaction Code.
    default boolean pending(String codeHash, Instant now) {
        return find(codeHash, now).isPresent();
    }

    /// What came of a redemption.
    sealed interface Redemption {
        record Redeemed(PreAuthorization authorization) implements Redemption {}

        /// @param attemptsLeft how many more may be made; with 0 the code is no longer good
        record WrongTxCode(int attemptsLeft) implements Redemption {}

        /// The offer asked for a Transaction Code and none came.
        record TxCodeMissing() implements Redemption {}

        /// The offer asked for no Transaction Code and one came.
        record TxCodeUnexpected() implements Redemption {}

        /// Never made, expired, redeemed or used up by wrong attempts.
        record Unknown() implements Redemption {}
    }
}
