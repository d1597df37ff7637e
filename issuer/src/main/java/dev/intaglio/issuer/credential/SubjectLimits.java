package dev.intaglio.issuer.credential;

import dev.intaglio.credential.IssuancePolicy.Limit;
import dev.intaglio.issuer.spi.Entitlement;
import dev.intaglio.issuer.store.IssuanceQuotas;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.jose.SignedJwt;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// How many credentials of a type one subject may have in a time, as its definition says.
///
/// @param quotas empty where no definition has a limit
public record SubjectLimits(Optional<IssuanceQuotas> quotas) {
    /// Counts, and issues; what was not issued is not counted.
    ///
    /// @throws dev.intaglio.protocol.oauth.Refusal `credential_request_denied` if the subject has had enough
    <T> T within(Entitlement entitlement, int credentials, Instant now, Supplier<T> issuing) {
        var limit = entitlement.definition().policy().limit();
        if (limit.isEmpty()) {
            return issuing.get();
        }
        var store = quotas.orElseThrow();
        var counter = counter(entitlement, limit.get(), now);
        var forgetAt = now.plus(limit.get().per());
        if (!store.take(counter, credentials, limit.get().credentials(), forgetAt)) {
            throw CredentialErrors.credentialRequestDenied()
                    .because("the subject would have more than " + limit.get().credentials() + " credentials of "
                            + entitlement.definition().id() + " in "
                            + limit.get().per());
        }
        try {
            return issuing.get();
        } catch (RuntimeException notIssued) {
            store.giveBack(counter, credentials);
            throw notIssued;
        }
    }

    private static String counter(Entitlement entitlement, Limit limit, Instant now) {
        var time = Math.floorDiv(now.getEpochSecond(), limit.per().toSeconds());
        var name = entitlement.definition().id() + ' ' + limit.per() + ' ' + time + ' ' + entitlement.subject();
        return SignedJwt.sha256(name.getBytes(StandardCharsets.UTF_8));
    }
}
