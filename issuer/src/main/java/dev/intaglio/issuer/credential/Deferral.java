package dev.intaglio.issuer.credential;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.issuer.log.LogEvents;
import dev.intaglio.issuer.spi.IssuanceRule.Verdict;
import dev.intaglio.issuer.store.DeferredTransaction;
import dev.intaglio.issuer.store.DeferredTransaction.Awaiting;
import dev.intaglio.issuer.store.DeferredTransaction.Decision;
import dev.intaglio.issuer.store.DeferredTransactions;
import dev.intaglio.issuer.store.IssuanceRecord;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.credential.CredentialRequest.Selector;
import dev.intaglio.protocol.credential.CredentialResponse;
import dev.intaglio.protocol.credential.DeferredCredentialRequest;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.oauth.AccessToken;
import dev.intaglio.protocol.trail.Trail;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What waits and who may come back for it (§9). A transaction belongs to the authorization it was made under and to the DPoP
/// key of its access token; its holder keys were proven when it began, and none comes in later.
final class Deferral {
    private final Optional<DeferredTransactions> store;
    private final DeferralPolicy policy;
    private final Optional<LogEvents> log;
    private final Clock clock;
    private final SecureRandom random;

    /// @param store empty for an issuer that answers at once or not at all
    Deferral(
            Optional<DeferredTransactions> store,
            DeferralPolicy policy,
            Optional<LogEvents> log,
            Clock clock,
            SecureRandom random) {
        this.store = store;
        this.policy = policy;
        this.log = log;
        this.clock = clock;
        this.random = random;
    }

    private DeferredTransactions transactions() {
        return store.orElseThrow(() -> new IllegalStateException(
                "a data source or a rule wants to issue later, and this issuer has no store of deferred transactions"));
    }

    static String handle(String transactionId) {
        return SignedJwt.sha256(("transaction " + transactionId).getBytes(StandardCharsets.UTF_8));
    }

    /// The transaction a wallet came back for.
    ///
    /// @throws dev.intaglio.protocol.oauth.Refusal `invalid_transaction_id`, the same whatever is wrong with it
    DeferredTransaction find(AccessToken token, DeferredCredentialRequest request) {
        Trail.about(request.transactionId());
        var transaction = transactions()
                .find(handle(request.transactionId()), clock.instant())
                .orElseThrow(() ->
                        CredentialErrors.invalidTransactionId().because("no such transaction, or it has expired"));
        if (!transaction.authorizationId().equals(token.authorizationId())) {
            throw CredentialErrors.invalidTransactionId()
                    .because("the transaction was begun under another authorization than the access token's");
        }
        var key = transaction.dpopKeyThumbprint();
        if (key.isPresent() && !key.equals(token.dpopKeyThumbprint())) {
            throw CredentialErrors.invalidTransactionId()
                    .because("the transaction was begun with another DPoP key than the access token is bound to");
        }
        requireSameRecipient(transaction, request);
        return transaction;
    }

    /// What the request named, to be checked against the token it comes back with.
    static Selector selector(DeferredTransaction transaction) {
        return transaction
                .credentialIdentifier()
                .<Selector>map(Selector.Identifier::new)
                .orElseGet(() -> new Selector.Configuration(transaction.configurationId()));
    }

    /// Whoever stole a bearer token and a handle could have the credentials encrypted to himself, or not at all. With DPoP he
    /// cannot ask, and the wallet may take a new key each time.
    private static void requireSameRecipient(DeferredTransaction transaction, DeferredCredentialRequest request) {
        var first = transaction.encryptionKeyThumbprint();
        if (transaction.dpopKeyThumbprint().isEmpty()
                && first.isPresent()
                && !first.equals(encryptionKey(request.responseEncryption()))) {
            throw CredentialErrors.invalidEncryptionParameters(
                    "with a bearer token, a deferred response is encrypted to the key of the Credential Request");
        }
    }

    private static Optional<String> encryptionKey(Optional<JsonObject> responseEncryption) {
        return responseEncryption
                .flatMap(parameters -> parameters.optionalObject("jwk"))
                .map(jwk -> {
                    try {
                        return DpopProof.thumbprint(JWK.parse(Map.copyOf(jwk.members())));
                    } catch (ParseException | IllegalArgumentException | NullPointerException unreadable) {
                        throw CredentialErrors.invalidEncryptionParameters(
                                "credential_response_encryption.jwk is no public key we can read");
                    }
                });
    }

    /// Uses the transaction up.
    ///
    /// @return whether the caller is the one who may hand the credentials out
    boolean complete(DeferredTransaction transaction, IssuanceRecord issuance) {
        return transactions().complete(transaction.handle(), issuance, clock.instant());
    }

    /// What speaks against issuing now. Once somebody has approved, nothing does.
    Verdict verdict(Occasion occasion) {
        var decision = switch (occasion) {
            case Occasion.First ignored -> Decision.NONE;
            case Occasion.Return(var entitlement, var id, var transaction) -> transaction.decision();
        };
        return switch (decision) {
            case NONE -> policy.rule().judge(occasion.entitlement());
            case APPROVED -> Verdict.allow();
            case DENIED -> Verdict.refuse("the operator denied it");
        };
    }

    CredentialResponse awaitApproval(Occasion occasion) {
        return defer(occasion, Awaiting.APPROVAL, policy.approvalInterval());
    }

    CredentialResponse awaitData(Occasion occasion, Duration interval) {
        return defer(occasion, Awaiting.DATA, interval);
    }

    private CredentialResponse defer(Occasion occasion, Awaiting awaiting, Duration interval) {
        return new CredentialResponse.Deferred(
                switch (occasion) {
                    case Occasion.First first -> begin(first, awaiting);
                    case Occasion.Return(var entitlement, var id, var transaction) -> {
                        if (awaiting == Awaiting.APPROVAL && transaction.awaiting() != Awaiting.APPROVAL) {
                            transactions().awaitApproval(transaction.handle());
                        }
                        yield id;
                    }
                },
                wholeSeconds(interval));
    }

    /// @return the new `transaction_id`
    private String begin(Occasion.First first, Awaiting awaiting) {
        var transactionId = Unguessable.text(random, Unguessable.SECRET);
        Trail.about(transactionId);
        Trail.about(handle(transactionId));
        var now = clock.instant();
        var entitlement = first.entitlement();
        var transaction = new DeferredTransaction(
                handle(transactionId),
                entitlement.authorizationId(),
                entitlement.subject(),
                entitlement.clientId(),
                entitlement.configuration().id(),
                entitlement.credentialIdentifier(),
                first.keys(),
                first.token().dpopKeyThumbprint(),
                encryptionKey(first.request().responseEncryption()),
                awaiting,
                Decision.NONE,
                now,
                now.plus(policy.lifetime()),
                Origins.of(first.token(), first.holderKeys()));
        var logged = log.map(words -> words.deferred(transaction.configurationId(), now));
        if (!transactions().begin(transaction, first.holderKeys().nonces(), logged)) {
            throw CredentialErrors.invalidNonce("the proof's nonce was used before")
                    .expected("a c_nonce for one Credential Request alone; all proofs of a batch may share it")
                    .came("one of an earlier request");
        }
        return transactionId;
    }

    /// `interval` is a number of seconds greater than nothing (§8.3).
    private static Duration wholeSeconds(Duration interval) {
        return Duration.ofSeconds(Math.max(1, interval.plusNanos(999_999_999).toSeconds()));
    }
}
