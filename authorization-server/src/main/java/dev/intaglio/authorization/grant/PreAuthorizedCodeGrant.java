package dev.intaglio.authorization.grant;

import dev.intaglio.authorization.store.PreAuthorization;
import dev.intaglio.authorization.store.PreAuthorizedCodes;
import dev.intaglio.authorization.store.PreAuthorizedCodes.Redemption;
import dev.intaglio.protocol.explanation.Shown;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.nonce.Unguessable;
import dev.intaglio.protocol.oauth.AuthorizationDetail;
import dev.intaglio.protocol.oauth.Grant;
import dev.intaglio.protocol.oauth.TokenErrors;
import dev.intaglio.protocol.offer.TxCode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The pre-authorized code grant (§3.5, §6.1): makes the codes of offers and redeems them.
public final class PreAuthorizedCodeGrant {
    private static final int DEFAULT_TX_CODE_LENGTH = 6;
    // Without letters and digits that are easily taken for each other.
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private final PreAuthorizedCodes codes;
    private final URI credentialIssuer;
    private final boolean locationsRequired;
    private final int txCodeAttempts;
    private final Clock clock;
    private final SecureRandom random;

    /// @param locationsRequired whether authorization details must name the Credential Issuer (§6.1.1)
    public PreAuthorizedCodeGrant(
            PreAuthorizedCodes codes,
            URI credentialIssuer,
            boolean locationsRequired,
            int txCodeAttempts,
            Clock clock,
            SecureRandom random) {
        this.codes = codes;
        this.credentialIssuer = credentialIssuer;
        this.locationsRequired = locationsRequired;
        this.txCodeAttempts = txCodeAttempts;
        this.clock = clock;
        this.random = random;
    }

    /// A code, and the Transaction Code that goes with it where one was wanted.
    ///
    /// @param authorizationId what tokens that come of it will name
    public record Made(String code, Optional<String> txCode, String authorizationId) {
        /// Both are secrets.
        @Override
        public String toString() {
            return "Made";
        }
    }

    /// @param offer names the offer the code is for; so begins the name of the authorization
    public Made make(
            Optional<String> offer,
            String subject,
            List<String> configurationIds,
            Optional<TxCode> txCode,
            Duration validity) {
        var code = Unguessable.text(random, Unguessable.SECRET);
        var authorizationId =
                offer.map(name -> name + '.').orElse("") + Unguessable.text(random, Unguessable.IDENTIFIER);
        var txCodeValue = txCode.map(this::newTxCode);
        codes.save(
                CodeHashes.code(code),
                new PreAuthorization(authorizationId, subject, configurationIds),
                txCodeValue.map(value -> CodeHashes.txCode(code, value)),
                txCodeAttempts,
                clock.instant().plus(validity));
        return new Made(code, txCodeValue, authorizationId);
    }

    public boolean pending(String code) {
        return codes.pending(CodeHashes.code(code), clock.instant());
    }

    /// Redeems a code, once.
    ///
    /// @param requested `authorization_details` of the token request; they may ask for less than was offered (§6.1.1)
    /// @throws dev.intaglio.protocol.oauth.Refusal as §6.3 lists them
    public Authorization redeem(Grant.PreAuthorizedCode grant, List<AuthorizationDetail> requested) {
        requireLocations(requested);
        requireOffered(grant, requested);
        var redemption = codes.redeem(
                CodeHashes.code(grant.code()),
                grant.txCode().map(value -> CodeHashes.txCode(grant.code(), value)),
                clock.instant());
        return switch (redemption) {
            case Redemption.Redeemed(var authorization) -> authorize(authorization, requested);
            case Redemption.WrongTxCode(var left)
            when left > 0 ->
                throw TokenErrors.invalidGrant("the tx_code is wrong; the user may try again")
                        .section("OpenID4VCI 1.0, 6.1 and 6.3")
                        .expected("the Transaction Code that the user was given apart from the offer")
                        .came("another " + Shown.length(grant.txCode().orElse("")))
                        .because(left + " attempts left");
            case Redemption.WrongTxCode ignored ->
                throw TokenErrors.invalidGrant("the tx_code is wrong, and the offer can no longer be used")
                        .because("no attempts left");
            case Redemption.TxCodeMissing() ->
                throw TokenErrors.invalidRequest("this offer needs a tx_code")
                        .section("OpenID4VCI 1.0, 6.1 and 6.3")
                        .expected("tx_code, as the offer's tx_code says (user_pin was of earlier drafts)");
            case Redemption.TxCodeUnexpected() ->
                throw TokenErrors.invalidRequest("this offer has no tx_code")
                        .section("OpenID4VCI 1.0, 6.1 and 6.3")
                        .expected("no tx_code: the offer has none");
            case Redemption.Unknown() ->
                throw TokenErrors.invalidGrant("the pre-authorized_code is unknown, expired or already redeemed")
                        .section("OpenID4VCI 1.0, 6.1 and 6.3")
                        .expected("the pre-authorized_code of an offer, once")
                        .came("another " + Shown.length(grant.code()) + ", or the same again");
        };
    }

    private Authorization authorize(PreAuthorization offered, List<AuthorizationDetail> requested) {
        if (requested.isEmpty()) {
            return new Authorization(
                    offered.authorizationId(),
                    offered.subject(),
                    Set.of(),
                    List.of(),
                    Set.copyOf(offered.configurationIds()));
        }
        var granted = requested.stream()
                .filter(detail -> offered.configurationIds().contains(detail.credentialConfigurationId()))
                .map(detail -> detail.withIdentifiers(List.of(identifier(offered, detail.credentialConfigurationId()))))
                .toList();
        return new Authorization(offered.authorizationId(), offered.subject(), Set.of(), granted, Set.of());
    }

    /// Names a dataset without saying anything about it.
    private static String identifier(PreAuthorization offered, String configurationId) {
        return SignedJwt.sha256((offered.authorizationId() + ' ' + configurationId).getBytes(StandardCharsets.UTF_8))
                .substring(0, 22);
    }

    private void requireLocations(List<AuthorizationDetail> requested) {
        for (var detail : requested) {
            var locations = detail.locations();
            if (locations.isEmpty() ? locationsRequired : !locations.contains(credentialIssuer.toString())) {
                throw TokenErrors.invalidAuthorizationDetails(
                                "locations does not hold the Credential Issuer Identifier")
                        .expected(credentialIssuer.toString())
                        .came(Shown.names(locations));
            }
        }
        var ids = new HashSet<String>();
        for (var detail : requested) {
            if (!ids.add(detail.credentialConfigurationId())) {
                throw TokenErrors.invalidAuthorizationDetails(
                        "one credential_configuration_id stands in two authorization details");
            }
        }
    }

    /// Asked before the code is used up: a wallet that asks for none of what was offered can still ask for the right thing.
    private void requireOffered(Grant.PreAuthorizedCode grant, List<AuthorizationDetail> requested) {
        if (requested.isEmpty()) {
            return;
        }
        var offered = codes.find(CodeHashes.code(grant.code()), clock.instant());
        if (offered.isPresent()
                && requested.stream()
                        .map(AuthorizationDetail::credentialConfigurationId)
                        .noneMatch(offered.get().configurationIds()::contains)) {
            throw TokenErrors.invalidAuthorizationDetails("none of the credential configurations asked for was offered")
                    .section("OpenID4VCI 1.0, 6.1.1")
                    .expected(Shown.names(offered.get().configurationIds()))
                    .came(Shown.names(requested.stream()
                            .map(AuthorizationDetail::credentialConfigurationId)
                            .toList()));
        }
    }

    private String newTxCode(TxCode shape) {
        var alphabet = shape.inputMode() == TxCode.InputMode.NUMERIC ? "0123456789" : LETTERS;
        var value = new StringBuilder();
        for (var i = 0; i < shape.length().orElse(DEFAULT_TX_CODE_LENGTH); i++) {
            value.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return value.toString();
    }
}
