package dev.intaglio.protocol.metadata;

import dev.intaglio.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One entry of `credential_configurations_supported` (§12.2.4): a credential type in one format.
///
/// @param formatParameters what the format adds: `vct`, `doctype`, `credential_definition` (App. A)
/// @param signingAlgorithms JOSE names, COSE numbers or cryptosuites, as the format says
/// @param reusePolicy the `credential_reuse_policy` of [ReusePolicy], as it stands there
/// @param bindingMethods empty if credentials are not bound to a key; else there are proof types too
public record CredentialConfiguration(
        String format,
        JsonObject formatParameters,
        Optional<String> scope,
        List<Object> signingAlgorithms,
        List<String> bindingMethods,
        Map<String, ProofType> proofTypes,
        List<CredentialDisplay> display,
        List<ClaimsDescription> claims,
        Optional<JsonObject> reusePolicy) {
    private static final List<String> FORMAT_PARAMETERS = List.of("vct", "doctype", "credential_definition");

    public CredentialConfiguration {
        signingAlgorithms = List.copyOf(signingAlgorithms);
        bindingMethods = List.copyOf(bindingMethods);
        proofTypes = Collections.unmodifiableMap(new LinkedHashMap<>(proofTypes));
        display = List.copyOf(display);
        claims = ClaimsDescription.requireConsistent(claims);
        if (bindingMethods.isEmpty() != proofTypes.isEmpty()) {
            throw new IllegalArgumentException(
                    "cryptographic_binding_methods_supported and proof_types_supported are given together or not at all");
        }
        Locales.onceEach("credential_metadata.display", display.stream().map(CredentialDisplay::locale));
    }

    /// Without a reuse policy.
    public CredentialConfiguration(
            String format,
            JsonObject formatParameters,
            Optional<String> scope,
            List<Object> signingAlgorithms,
            List<String> bindingMethods,
            Map<String, ProofType> proofTypes,
            List<CredentialDisplay> display,
            List<ClaimsDescription> claims) {
        this(
                format,
                formatParameters,
                scope,
                signingAlgorithms,
                bindingMethods,
                proofTypes,
                display,
                claims,
                Optional.empty());
    }

    public boolean bound() {
        return !bindingMethods.isEmpty();
    }

    /// The same with other texts.
    public CredentialConfiguration withDisplay(List<CredentialDisplay> names, List<ClaimsDescription> descriptions) {
        return new CredentialConfiguration(
                format,
                formatParameters,
                scope,
                signingAlgorithms,
                bindingMethods,
                proofTypes,
                names,
                descriptions,
                reusePolicy);
    }

    /// The same with other types of proof; to be given only where credentials are bound to keys.
    public CredentialConfiguration withProofTypes(Map<String, ProofType> types) {
        return new CredentialConfiguration(
                format,
                formatParameters,
                scope,
                signingAlgorithms,
                bindingMethods,
                types,
                display,
                claims,
                reusePolicy);
    }

    /// The same with other ways of binding; to be given only where credentials are bound to keys.
    public CredentialConfiguration withBindingMethods(List<String> methods) {
        return new CredentialConfiguration(
                format, formatParameters, scope, signingAlgorithms, methods, proofTypes, display, claims, reusePolicy);
    }

    /// The same with what wallets are told about the use of batches.
    public CredentialConfiguration withReusePolicy(ReusePolicy policy) {
        return new CredentialConfiguration(
                format,
                formatParameters,
                scope,
                signingAlgorithms,
                bindingMethods,
                proofTypes,
                display,
                claims,
                Optional.of(policy.write()));
    }

    public static CredentialConfiguration read(JsonObject json) {
        var parameters = JsonObject.builder();
        for (var name : FORMAT_PARAMETERS) {
            if (json.has(name)) {
                parameters.put(name, Objects.requireNonNull(json.members().get(name)));
            }
        }
        var proofTypes = new LinkedHashMap<String, ProofType>();
        json.optionalObject("proof_types_supported")
                .ifPresent(types -> types.members()
                        .keySet()
                        .forEach(type -> proofTypes.put(type, types.object(type).read(ProofType::read))));
        var metadata = json.optionalObject("credential_metadata").orElse(JsonObject.empty());
        return new CredentialConfiguration(
                json.string("format"),
                parameters.build(),
                json.optionalString("scope"),
                algorithms(json),
                json.optionalStrings("cryptographic_binding_methods_supported").orElse(List.of()),
                proofTypes,
                metadata.optionalObjects("display").orElse(List.of()).stream()
                        .map(one -> one.read(CredentialDisplay::read))
                        .toList(),
                metadata.optionalObjects("claims").orElse(List.of()).stream()
                        .map(one -> one.read(ClaimsDescription::read))
                        .toList(),
                metadata.optionalObject("credential_reuse_policy"));
    }

    private static List<Object> algorithms(JsonObject json) {
        var algorithms = new ArrayList<>();
        for (var algorithm :
                json.optionalArray("credential_signing_alg_values_supported").orElse(List.of())) {
            if (algorithm == null) {
                throw new IllegalArgumentException("credential_signing_alg_values_supported holds a null");
            }
            algorithms.add(algorithm);
        }
        return algorithms;
    }

    public JsonObject write() {
        var metadata = JsonObject.builder()
                .putEach("display", display.stream(), CredentialDisplay::write)
                .putEach("claims", claims.stream(), ClaimsDescription::write)
                .putIf("credential_reuse_policy", reusePolicy)
                .build();
        var types = new LinkedHashMap<String, Object>();
        proofTypes.forEach((type, proof) -> types.put(type, proof.write()));
        return JsonObject.builder()
                .put("format", format)
                .putAll(formatParameters)
                .putIf("scope", scope)
                .putUnlessEmpty("credential_signing_alg_values_supported", signingAlgorithms)
                .putUnlessEmpty("cryptographic_binding_methods_supported", bindingMethods)
                .putIf("proof_types_supported", types.isEmpty() ? Optional.empty() : Optional.of(types))
                .putIf("credential_metadata", metadata.members().isEmpty() ? Optional.empty() : Optional.of(metadata))
                .build();
    }
}
