package dev.intaglio.protocol.metadata;

import dev.intaglio.protocol.json.JsonObject;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The Credential Issuer Metadata (§12.2.4).
///
/// @param credentialIssuer the Credential Issuer Identifier, compared as a plain string
/// @param authorizationServers empty if the issuer is its own authorization server
/// @param batchSize present if more than one key proof is accepted in a request; at least 2
/// @param requestEncryption `credential_request_encryption` as it stands on the wire
/// @param responseEncryption `credential_response_encryption` as it stands on the wire
/// @param configurations by Credential Configuration identifier
public record CredentialIssuerMetadata(
        URI credentialIssuer,
        List<URI> authorizationServers,
        URI credentialEndpoint,
        Optional<URI> nonceEndpoint,
        Optional<URI> deferredCredentialEndpoint,
        Optional<URI> notificationEndpoint,
        Optional<JsonObject> requestEncryption,
        Optional<JsonObject> responseEncryption,
        OptionalInt batchSize,
        List<IssuerDisplay> display,
        Map<String, CredentialConfiguration> configurations) {
    /// Where the document is: inserted after the host of the identifier.
    public static final String WELL_KNOWN = "openid-credential-issuer";

    /// The `typ` of signed metadata (§12.2.3).
    public static final String SIGNED_TYPE = "openidvci-issuer-metadata+jwt";

    public CredentialIssuerMetadata {
        Identifiers.require("credential_issuer", credentialIssuer);
        Identifiers.requireAddress("credential_endpoint", credentialEndpoint);
        nonceEndpoint.ifPresent(uri -> Identifiers.requireAddress("nonce_endpoint", uri));
        deferredCredentialEndpoint.ifPresent(uri -> Identifiers.requireAddress("deferred_credential_endpoint", uri));
        notificationEndpoint.ifPresent(uri -> Identifiers.requireAddress("notification_endpoint", uri));
        authorizationServers = List.copyOf(authorizationServers);
        authorizationServers.forEach(uri -> Identifiers.require("authorization_servers", uri));
        if (batchSize.isPresent() && batchSize.getAsInt() < 2) {
            throw new IllegalArgumentException("batch_credential_issuance.batch_size is less than 2");
        }
        display = List.copyOf(display);
        Locales.onceEach("display", display.stream().map(IssuerDisplay::locale));
        configurations = Collections.unmodifiableMap(new LinkedHashMap<>(configurations));
    }

    /// The authorization servers: those named, or the issuer itself.
    public List<URI> effectiveAuthorizationServers() {
        return authorizationServers.isEmpty() ? List.of(credentialIssuer) : authorizationServers;
    }

    /// The same with other keys for requests.
    public CredentialIssuerMetadata withRequestEncryption(Optional<JsonObject> value) {
        return new CredentialIssuerMetadata(
                credentialIssuer,
                authorizationServers,
                credentialEndpoint,
                nonceEndpoint,
                deferredCredentialEndpoint,
                notificationEndpoint,
                value,
                responseEncryption,
                batchSize,
                display,
                configurations);
    }

    /// The same with other texts.
    public CredentialIssuerMetadata withDisplay(
            List<IssuerDisplay> names, Map<String, CredentialConfiguration> translated) {
        return new CredentialIssuerMetadata(
                credentialIssuer,
                authorizationServers,
                credentialEndpoint,
                nonceEndpoint,
                deferredCredentialEndpoint,
                notificationEndpoint,
                requestEncryption,
                responseEncryption,
                batchSize,
                names,
                translated);
    }

    public static CredentialIssuerMetadata read(JsonObject json) {
        var configurations = new LinkedHashMap<String, CredentialConfiguration>();
        var supported = json.object("credential_configurations_supported");
        supported
                .members()
                .keySet()
                .forEach(id -> configurations.put(id, supported.object(id).read(CredentialConfiguration::read)));
        if (json.optionalStrings("authorization_servers").filter(List::isEmpty).isPresent()) {
            throw new IllegalArgumentException("authorization_servers is empty");
        }
        return new CredentialIssuerMetadata(
                URI.create(json.string("credential_issuer")),
                json.optionalStrings("authorization_servers").orElse(List.of()).stream()
                        .map(URI::create)
                        .toList(),
                URI.create(json.string("credential_endpoint")),
                json.optionalString("nonce_endpoint").map(URI::create),
                json.optionalString("deferred_credential_endpoint").map(URI::create),
                json.optionalString("notification_endpoint").map(URI::create),
                json.optionalObject("credential_request_encryption"),
                json.optionalObject("credential_response_encryption"),
                json.optionalObject("batch_credential_issuance")
                        .map(batch -> OptionalInt.of(batch.optionalInt("batch_size")
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "batch_credential_issuance.batch_size is missing"))))
                        .orElse(OptionalInt.empty()),
                json.optionalObjects("display").orElse(List.of()).stream()
                        .map(one -> one.read(IssuerDisplay::read))
                        .toList(),
                configurations);
    }

    public JsonObject write() {
        var supported = new LinkedHashMap<String, Object>();
        configurations.forEach((id, configuration) -> supported.put(id, configuration.write()));
        return JsonObject.builder()
                .put("credential_issuer", credentialIssuer.toString())
                .putUnlessEmpty(
                        "authorization_servers",
                        authorizationServers.stream().map(URI::toString).toList())
                .put("credential_endpoint", credentialEndpoint.toString())
                .putIf("nonce_endpoint", nonceEndpoint.map(URI::toString))
                .putIf("deferred_credential_endpoint", deferredCredentialEndpoint.map(URI::toString))
                .putIf("notification_endpoint", notificationEndpoint.map(URI::toString))
                .putIf("credential_request_encryption", requestEncryption)
                .putIf("credential_response_encryption", responseEncryption)
                .putIf(
                        "batch_credential_issuance",
                        batchSize.isPresent()
                                ? Optional.of(JsonObject.builder()
                                        .put("batch_size", batchSize.getAsInt())
                                        .build())
                                : Optional.empty())
                .putEach("display", display.stream(), IssuerDisplay::write)
                .put("credential_configurations_supported", supported)
                .build();
    }
}
