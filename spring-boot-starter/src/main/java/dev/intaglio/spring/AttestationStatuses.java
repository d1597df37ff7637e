package dev.intaglio.spring;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.authorization.client.AttestationPolicy;
import dev.intaglio.authorization.client.AttestationStatus;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.issuer.proof.KeyAttestationPolicy;
import dev.intaglio.issuer.spi.KeyAttestationStatus;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.did.PublicTransport;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.statuslist.Standing;
import dev.intaglio.statuslist.StatusReader;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Where issuer and authorization server learn whether attestations were revoked (OpenID4VCI App. D.1 and E): from an
/// application's own bean, or from the Token Status List that an attestation names, which is believed of those who are trusted
/// with such attestations.
final class AttestationStatuses {
    /// What a [StatusReader] reads, and a little for a list that is longer, so that it says so.
    private static final int LONGEST = 4 * 1024 * 1024 + 1024;

    private final Optional<KeyAttestationStatus> ownOfKeys;
    private final Optional<AttestationStatus> ownOfWallets;
    private final boolean check;
    private final Handler transport;
    private final Clock clock;

    AttestationStatuses(
            AttestationStatusProperties properties,
            Optional<KeyAttestationStatus> ownOfKeys,
            Optional<AttestationStatus> ownOfWallets,
            Clock clock) {
        this(
                ownOfKeys,
                ownOfWallets,
                properties.check(),
                new PublicTransport(JdkTransport.bounded(properties.timeout(), LONGEST), properties.privateHosts()),
                clock);
    }

    private AttestationStatuses(
            Optional<KeyAttestationStatus> ownOfKeys,
            Optional<AttestationStatus> ownOfWallets,
            boolean check,
            Handler transport,
            Clock clock) {
        this.ownOfKeys = ownOfKeys;
        this.ownOfWallets = ownOfWallets;
        this.check = check;
        this.transport = transport;
        this.clock = clock;
    }

    /// As an issuer wants it. By whatever way lists come, it is the same for all.
    AttestationStatuses of(IssuerParts parts) {
        var wanted = parts.settings().of(AttestationStatusProperties.class).check();
        return new AttestationStatuses(ownOfKeys, ownOfWallets, wanted, transport, clock);
    }

    /// For key attestations.
    KeyAttestationStatus of(KeyAttestationPolicy policy) {
        return ownOfKeys.orElseGet(() -> reader(policy.attesters(), policy.attesterKeys())
                .<KeyAttestationStatus>map(reader -> status -> ofKey(reader.read(status)))
                .orElseGet(KeyAttestationStatus::unchecked));
    }

    /// For wallet attestations; empty if their status is not checked.
    Optional<AttestationStatus> of(AttestationPolicy policy) {
        return ownOfWallets.or(() -> reader(policy.attesters(), policy.attesterKeys())
                .map(reader -> status -> ofWallet(reader.read(status))));
    }

    private Optional<StatusReader> reader(TrustAnchors attesters, List<JWK> keys) {
        // Attestations name Token Status Lists alone; lists that are credentials of the W3C need no verifiers here.
        return check
                ? Optional.of(
                        new StatusReader(transport, attesters.with(keys), new CredentialVerifiers(List.of()), clock))
                : Optional.empty();
    }

    private static KeyAttestationStatus.Standing ofKey(Standing standing) {
        return switch (standing) {
            case Standing.Valid() -> new KeyAttestationStatus.Standing.Valid();
            case Standing.Revoked() -> new KeyAttestationStatus.Standing.Revoked(reason(standing));
            case Standing.Suspended() -> new KeyAttestationStatus.Standing.Suspended(reason(standing));
            case Standing.Other ignored -> new KeyAttestationStatus.Standing.Unknown(reason(standing));
            case Standing.Unavailable ignored -> new KeyAttestationStatus.Standing.Unknown(reason(standing));
        };
    }

    private static AttestationStatus.Standing ofWallet(Standing standing) {
        return switch (standing) {
            case Standing.Valid() -> new AttestationStatus.Standing.Valid();
            case Standing.Revoked() -> new AttestationStatus.Standing.Revoked(reason(standing));
            case Standing.Suspended() -> new AttestationStatus.Standing.Suspended(reason(standing));
            case Standing.Other ignored -> new AttestationStatus.Standing.Unknown(reason(standing));
            case Standing.Unavailable ignored -> new AttestationStatus.Standing.Unknown(reason(standing));
        };
    }

    private static String reason(Standing standing) {
        return standing instanceof Standing.Unavailable(var problem, var detail)
                ? problem + ": " + detail
                : "its status list says " + standing.word();
    }
}
