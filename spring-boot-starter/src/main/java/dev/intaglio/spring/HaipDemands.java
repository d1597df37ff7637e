package dev.intaglio.spring;

import dev.intaglio.authorization.token.DpopPolicy;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.KeyUse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

/// Settings that HAIP 1.0 leaves no choice about, with the section that decides.
final class HaipDemands {
    private HaipDemands() {}

    /// @throws IllegalStateException naming the setting against the profile
    static void check(AuthorizationProperties properties) {
        var code = properties.authorizationCode();
        require(properties.dpop().orElse(DpopPolicy.REQUIRED) == DpopPolicy.REQUIRED, "dpop", "required", "HAIP 4");
        require(!properties.publicClients().orElse(false), "public-clients", "false", "HAIP 4.3 and 4.4.1");
        require(!properties.anonymousAccess().orElse(false), "anonymous-access", "false", "HAIP 4.4.1");
        require(code.pushedOnly().orElse(true), "authorization-code.pushed-only", "true", "FAPI 2.0, 5.3.2.2");
        require(code.pkceRequired().orElse(true), "authorization-code.pkce-required", "true", "FAPI 2.0, 5.3.2.2");
        require(
                !code.anyAssertionAudience(),
                "authorization-code.any-assertion-audience",
                "false",
                "FAPI 2.0, 5.3.2.1");
        for (var provider : properties.walletProviders()) {
            if (provider.certificates().isEmpty()) {
                throw new IllegalStateException(
                        "under intaglio.profile=haip a provider in intaglio.wallet-providers has"
                                + " certificates, not jwks (HAIP 4.4.1); name its PEM file, or set intaglio.profile=plain");
            }
        }
    }

    /// What verifiers find a credential's key by (HAIP 6.1.1).
    ///
    /// @throws IllegalStateException if a key that signs credentials has no chain, or one that vouches for itself
    static void check(KeyRing keys) {
        var chain = keys.current(KeyUse.CREDENTIAL).chain();
        if (chain.isEmpty()) {
            throw new IllegalStateException(
                    "under intaglio.profile=haip the key that signs credentials has a certificate"
                            + " chain (HAIP 6.1.1); add the certificates to the file of intaglio.keys");
        }
        if (chain.stream().anyMatch(HaipDemands::selfSigned)) {
            throw new IllegalStateException(
                    "under intaglio.profile=haip the chain of the key that signs credentials holds no"
                            + " self-signed certificate (HAIP 6.1.1): the leaf is certified by somebody else, and the anchor stays"
                            + " out; correct the certificates in the file of intaglio.keys");
        }
    }

    private static boolean selfSigned(X509Certificate certificate) {
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException signedByAnother) {
            return false;
        }
    }

    private static void require(boolean holds, String key, String value, String section) {
        if (!holds) {
            throw new IllegalStateException("intaglio." + key + " is " + value + " under intaglio.profile=haip ("
                    + section + "); remove it, or set intaglio.profile=plain");
        }
    }
}
