package dev.intaglio.spring;

import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.rotation.KeyRotation;
import dev.intaglio.issuer.rotation.RotatingKeyRing;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.development.DevelopmentKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;

/// How the keys of each issuer follow one another: of the main one by the application's beans, of a tenant by its own keys,
/// states and settings.
public final class KeyRotations {
    private final KeyRotation main;
    private final NewKeys mainKeys;

    KeyRotations(KeyRotation main, NewKeys mainKeys) {
        this.main = main;
        this.mainKeys = mainKeys;
    }

    public KeyRotation of(AssembledIssuer issuer) {
        return issuer.parts().main() ? main : issuer.keep(KeyRotation.class, tenant -> of(tenant.parts()));
    }

    /// Where this issuer's new keys come from.
    public NewKeys newKeys(AssembledIssuer issuer) {
        var parts = issuer.parts();
        return parts.main()
                ? mainKeys
                : newKeys(parts.settings().of(IntaglioProperties.class), parts.identifier(), parts.clock());
    }

    private static KeyRotation of(IssuerParts parts) {
        return of(
                parts.keys(),
                parts.stores(),
                parts.types(),
                parts.formats(),
                parts.settings().of(KeyRotationProperties.class),
                parts.clock());
    }

    /// @throws IllegalStateException if the key ring is an application's own
    static KeyRotation of(
            KeyRing keys,
            IssuerStores stores,
            CredentialTypes types,
            CredentialFormats formats,
            KeyRotationProperties properties,
            Clock clock) {
        if (!(keys instanceof RotatingKeyRing ring)) {
            throw new IllegalStateException("the application's own key ring is not rotated here");
        }
        return new KeyRotation(
                ring,
                stores.database().keyStates(),
                stores.issuances(),
                types.definitions(),
                formats,
                properties.publishedBefore(),
                new LogEvents(new SecureRandom()),
                clock);
    }

    static NewKeys newKeys(IntaglioProperties properties, IssuerIdentifier issuer, Clock clock) {
        return use -> {
            if (!ConfiguredKeys.development(properties)) {
                throw new IllegalArgumentException(
                        "keys come from the files of intaglio.keys: put the new one there, and"
                                + " name it by its kid");
            }
            try {
                return DevelopmentKeys.add(properties.data(), use, issuer.uri(), clock, new SecureRandom())
                        .publicJwk()
                        .getKeyID();
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        };
    }
}
