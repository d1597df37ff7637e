package dev.intaglio.spring;

import dev.intaglio.authorization.client.AttestationStatus;
import dev.intaglio.authorization.token.DpopPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What an operator can set about access tokens and about who gets them. Settings without a default here get theirs from the
/// profile; [AuthorizationSettings] decides.
///
/// @param profile plain for OpenID4VCI alone, haip for the High Assurance Interoperability Profile: then everything it
///     demands is set, and a setting that contradicts it stops the start.
/// @param dpop Whether access tokens are bound to a key of the wallet: off, optional (if the wallet sends a DPoP proof) or
///     required. By default optional; required under profile haip.
/// @param dpopNonces Whether DPoP proofs must carry a nonce of this server.
/// @param anonymousAccess Whether a wallet may redeem a pre-authorized code without client_id. By default it may, unless
///     public clients are off.
/// @param publicClients Whether clients may go without authentication. By default they may; under profile haip they may not.
/// @param accessTokenLifetime How long an access token is good; more than 5 minutes only with dpop=required.
/// @param txCodeAttempts How many wrong Transaction Codes use an offer up.
/// @param authorizationCode The authorization code flow, where users sign in.
/// @param clients Wallets that are known by name.
/// @param walletProviders Whose client attestations wallets may authenticate with.
/// @param walletAttestation What a client attestation must be like.
@ConfigurationProperties("intaglio")
public record AuthorizationProperties(
        @DefaultValue("plain") Profile profile,
        Optional<DpopPolicy> dpop,
        @DefaultValue("true") boolean dpopNonces,
        Optional<Boolean> anonymousAccess,
        Optional<Boolean> publicClients,
        @DefaultValue("5m") Duration accessTokenLifetime,
        @DefaultValue("5") int txCodeAttempts,
        @DefaultValue AuthorizationCode authorizationCode,
        List<Client> clients,
        List<WalletProvider> walletProviders,
        @DefaultValue WalletAttestation walletAttestation) {
    public AuthorizationProperties {
        dpop = orEmpty(dpop);
        anonymousAccess = orEmpty(anonymousAccess);
        publicClients = orEmpty(publicClients);
        clients = orEmpty(clients);
        walletProviders = orEmpty(walletProviders);
    }

    /// @param pushedOnly Whether authorization requests must be pushed (PAR). By default others are taken, too; under profile
    ///     haip they are not.
    /// @param pkceRequired Whether an authorization request must have a code_challenge. By default it must.
    /// @param refreshTokenLifetime How long a refresh token is good, counted from the user's consent; 0 for no refresh tokens.
    /// @param interactionLifetime How long a user may take to sign in and to consent.
    /// @param anyAssertionAudience Whether a client assertion may be made out to an endpoint as well as to the issuer
    ///     identifier. Not under profile haip.
    public record AuthorizationCode(
            Optional<Boolean> pushedOnly,
            Optional<Boolean> pkceRequired,
            @DefaultValue("90d") Duration refreshTokenLifetime,
            @DefaultValue("15m") Duration interactionLifetime,
            @DefaultValue("false") boolean anyAssertionAudience) {
        public AuthorizationCode {
            pushedOnly = orEmpty(pushedOnly);
            pkceRequired = orEmpty(pkceRequired);
        }
    }

    /// @param clientId What the wallet calls itself.
    /// @param name What users are told the wallet is called. By default its client-id.
    /// @param redirectUris Where authorization codes may be sent. A client that authenticates may do without: then it may name
    ///     any address when it pushes its request.
    /// @param authentication How it authenticates: none, private-key-jwt or attestation. By default private-key-jwt if it has
    ///     keys, otherwise none; under profile haip attestation instead of none.
    /// @param jwks Its public keys as a JWK Set, for private-key-jwt.
    /// @param jwksFile A file with that JWK Set.
    /// @param dpopBoundAccessTokens Whether its access tokens are always bound to a key, whatever dpop says for others.
    public record Client(
            @DefaultValue("") String clientId,
            Optional<String> name,
            List<String> redirectUris,
            Optional<Authentication> authentication,
            Optional<String> jwks,
            Optional<String> jwksFile,
            @DefaultValue("false") boolean dpopBoundAccessTokens) {
        public Client {
            name = orEmpty(name);
            redirectUris = orEmpty(redirectUris);
            authentication = orEmpty(authentication);
            jwks = orEmpty(jwks);
            jwksFile = orEmpty(jwksFile);
        }
    }

    /// How a client authenticates.
    public enum Authentication {
        NONE,
        PRIVATE_KEY_JWT,
        ATTESTATION
    }

    /// One of certificates, jwks and jwks-file is needed.
    ///
    /// @param certificates A PEM file with the certificates to trust: of the authority that certifies the provider, not of the
    ///     provider itself.
    /// @param jwks The provider's public keys as a JWK Set, for attestations without certificates. Not under profile haip.
    /// @param jwksFile A file with that JWK Set. Not under profile haip.
    public record WalletProvider(Optional<String> certificates, Optional<String> jwks, Optional<String> jwksFile) {
        public WalletProvider {
            certificates = orEmpty(certificates);
            jwks = orEmpty(jwks);
            jwksFile = orEmpty(jwksFile);
        }
    }

    /// @param challengeRequired Whether the proof of possession must carry a challenge of this server.
    /// @param longestAge How old an attestation may be. By default its own exp alone counts.
    /// @param issuerRequired Whether iss must be there, as draft 07 wants and later ones do not.
    /// @param unknownStatus What becomes of an attestation whose status cannot be learnt: refuse or accept.
    public record WalletAttestation(
            @DefaultValue("false") boolean challengeRequired,
            Optional<Duration> longestAge,
            @DefaultValue("false") boolean issuerRequired,
            @DefaultValue("refuse") UnknownStatus unknownStatus) {
        /// As the setting says about what is unknown.
        AttestationStatus strict(AttestationStatus status) {
            return unknownStatus == UnknownStatus.ACCEPT ? status.acceptingUnknown() : status;
        }

        public WalletAttestation {
            longestAge = orEmpty(longestAge);
        }
    }

    @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
    private static <T> Optional<T> orEmpty(@Nullable Optional<T> bound) {
        return bound == null ? Optional.empty() : bound;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> bound) {
        return bound == null ? List.of() : List.copyOf(bound);
    }
}
