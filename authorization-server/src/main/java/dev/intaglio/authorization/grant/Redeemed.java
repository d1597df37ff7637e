package dev.intaglio.authorization.grant;

import java.util.Optional;

/// What redeeming a grant gave.
///
/// @param refreshToken a new one, for the client to keep
public record Redeemed(Authorization authorization, Optional<String> refreshToken) {
    public static Redeemed of(Authorization authorization) {
        return new Redeemed(authorization, Optional.empty());
    }

    /// Without the token.
    @Override
    public String toString() {
        return "Redeemed[" + authorization + "]";
    }
}
