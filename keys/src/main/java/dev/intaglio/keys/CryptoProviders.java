package dev.intaglio.keys;

import java.security.GeneralSecurityException;
import java.security.Provider;

/// Says which JCA provider makes our signatures, because that decides the cost of everything.
///
/// We name no provider when signing; the first in the JVM's list that knows the algorithm serves.
public final class CryptoProviders {

    private CryptoProviders() {}

    /// One line for the start-up log about the provider of ES256 signatures.
    public static String active() {
        var provider = es256();
        return "ES256 signatures by " + provider.getName() + " " + provider.getVersionStr() + " (" + provider.getInfo()
                + ")";
    }

    /// The name of that provider, for a health check that demands one.
    public static String activeName() {
        return es256().getName();
    }

    /// Asked by doing it: a provider is chosen only when it sees a key.
    private static Provider es256() {
        try {
            var signature =
                    SignatureScheme.ES256.signing(NamedCurve.P256.generate().getPrivate());
            signature.update((byte) 0);
            signature.sign();
            return signature.getProvider();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("no provider makes ES256 signatures", impossible);
        }
    }
}
