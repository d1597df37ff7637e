package dev.intaglio.issuer.encryption;

/// Which messages are encrypted on top of TLS (§12.2.4).
///
/// @param requests whether wallets may or must encrypt Credential Requests
/// @param responses whether wallets may or must ask for encrypted responses; that takes encrypted requests (§8.2), which
///     therefore cannot be off
public record EncryptionPolicy(Use requests, Use responses) {
    /// Wallets choose.
    public static final EncryptionPolicy OPTIONAL = new EncryptionPolicy(Use.OPTIONAL, Use.OPTIONAL);

    /// All requests and all responses are encrypted.
    public static final EncryptionPolicy REQUIRED = new EncryptionPolicy(Use.REQUIRED, Use.REQUIRED);

    /// Whether something is done.
    public enum Use {
        OFF,
        OPTIONAL,
        REQUIRED
    }

    public EncryptionPolicy {
        if (requests == Use.OFF && responses != Use.OFF) {
            throw new IllegalArgumentException(
                    "responses cannot be encrypted while requests cannot: what asks for it is in the request, and must not be exchanged on its way (OpenID4VCI, section 8.2)");
        }
    }
}
