package dev.intaglio.protocol.clientattestation;

import dev.intaglio.protocol.json.JsonObject;
import java.util.Optional;

/// What an authorization server learnt of a wallet from its Client Attestation, as access tokens tell it to the Credential
/// Issuer (private claim [#CLAIM]): by what credentials are found again when the wallet turns out not to be trusted any more.
/// Everything here came from the wallet, which is also the one who holds the token.
///
/// @param instance the RFC 7638 thumbprint of the attested key
/// @param provider who attested it: `iss` of the attestation, or else the subject of the certificate that signed it
/// @param status `status` of the attestation, as in Token Status List
public record AttestedWallet(String instance, Optional<String> provider, Optional<JsonObject> status) {
    /// Where access tokens say it.
    public static final String CLAIM = "attested_wallet";

    /// A token goes along with every request; a status claim that is longer than any status list needs is left out.
    private static final int LONGEST_STATUS = 1_000;

    public AttestedWallet {
        status = status.filter(claim -> claim.text().length() <= LONGEST_STATUS);
    }

    public JsonObject write() {
        return JsonObject.builder()
                .put("jkt", instance)
                .putIf("provider", provider)
                .putIf("status", status)
                .build();
    }

    /// @throws dev.intaglio.protocol.json.JsonException if it is something else
    public static AttestedWallet read(JsonObject json) {
        return new AttestedWallet(json.string("jkt"), json.optionalString("provider"), json.optionalObject("status"));
    }
}
