package dev.intaglio.drafts.draft14;

import dev.intaglio.drafts.wire.Answer;
import dev.intaglio.drafts.wire.Catalogue;
import dev.intaglio.drafts.wire.ClaimTree;
import dev.intaglio.drafts.wire.Difference;
import dev.intaglio.drafts.wire.Exchange;
import dev.intaglio.drafts.wire.Parts;
import dev.intaglio.protocol.credential.CredentialErrors;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.oauth.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Draft 14 and 15. The draft asks by format and type, has its nonces from the answers before, and hands credentials out bare:
/// one for a `proof`, an array for `proofs`.
public final class Draft14 implements Difference {
    private static final String SUBJECT = "credentialSubject";

    /// What the draft calls SD-JWT VC.
    private static final String SD_JWT = "vc+sd-jwt";

    @Override
    public JsonObject olderMetadata(JsonObject metadata) {
        return Parts.each(
                metadata.without("nonce_endpoint"), "credential_configurations_supported", Draft14::olderConfiguration);
    }

    private static JsonObject olderConfiguration(JsonObject configuration) {
        var older = Parts.in(configuration, "proof_types_supported", types -> types.without("attestation"));
        older = Parts.each(older, "proof_types_supported", type -> type.without("key_attestations_required"));
        var claims = older.optionalObjects("claims");
        if (claims.isEmpty()) {
            return older;
        }
        if (older.has("credential_definition")) {
            var subject = ClaimTree.of(claims.get(), SUBJECT);
            return Parts.in(older.without("claims"), "credential_definition", one -> one.with(SUBJECT, subject));
        }
        return older.with("claims", ClaimTree.of(claims.get(), ""));
    }

    @Override
    public JsonObject newerMetadata(JsonObject metadata) {
        return Parts.each(metadata, "credential_configurations_supported", Draft14::newerConfiguration);
    }

    private static JsonObject newerConfiguration(JsonObject printed) {
        // As the text misprints it in an example of its own, which issuers were made after.
        var configuration = printed.has("credential_definition")
                ? printed
                : Parts.renamed(printed, "credentials_definition", "credential_definition");
        var newer = configuration.has("vct")
                        && configuration
                                .optionalString("format")
                                .filter(SD_JWT::equals)
                                .isPresent()
                ? configuration.with("format", "dc+sd-jwt")
                : configuration;
        if (newer.members().get("claims") instanceof Map<?, ?> tree) {
            return newer.with("claims", ClaimTree.paths(JsonObject.of(tree), ""));
        }
        var subject = newer.optionalObject("credential_definition").flatMap(one -> one.optionalObject(SUBJECT));
        return subject.isEmpty()
                ? newer
                : Parts.in(newer, "credential_definition", one -> one.without(SUBJECT))
                        .with("claims", ClaimTree.paths(subject.get(), SUBJECT));
    }

    @Override
    public Answer olderTokenAnswer(Answer answer, Exchange exchange) {
        return answer.successful() ? exchange.withNonce(typed(answer, "bearer")) : answer;
    }

    @Override
    public Answer newerTokenAnswer(Answer answer) {
        return typed(answer, "Bearer").without("c_nonce").without("c_nonce_expires_in");
    }

    /// The type is the same in upper and lower case (RFC 6749, 5.1), and there are wallets that know it as their draft prints it.
    private static Answer typed(Answer answer, String bearer) {
        return answer.body()
                        .optionalString("token_type")
                        .filter(bearer::equalsIgnoreCase)
                        .isPresent()
                ? answer.with("token_type", bearer)
                : answer;
    }

    @Override
    public JsonObject olderCredentialRequest(JsonObject request, Catalogue catalogue) {
        var named = request.optionalString("credential_configuration_id").flatMap(catalogue::named);
        if (named.isEmpty()) {
            return request;
        }
        var older = JsonObject.builder().putAll(named.get()).build();
        if (older.has("vct")) {
            older = older.with("format", SD_JWT);
        }
        return JsonObject.builder()
                .putAll(older)
                .putAll(request.without("credential_configuration_id"))
                .build();
    }

    @Override
    public JsonObject newerCredentialRequest(JsonObject request, Catalogue catalogue) {
        var format = request.optionalString("format");
        var definition = request.has("credential_definition") || request.has("vct") || request.has("doctype");
        if (request.has("credential_identifier")) {
            if (request.has("credential_definition") || request.has("credential_configuration_id")) {
                throw CredentialErrors.invalidCredentialRequest(
                        "credential_identifier stands alone, without format, credential_definition or credential_configuration_id");
            }
            return selected(request, "credential_identifier", request.string("credential_identifier"));
        }
        if (request.has("credential_configuration_id")) {
            return selected(request, "credential_configuration_id", inFormat(request, catalogue, format));
        }
        if (format.isEmpty() && !definition) {
            return request;
        }
        if (format.isPresent() && !catalogue.hasFormat(format.get())) {
            throw Refusal.of(
                    "unsupported_credential_format", 400, "no credential of this issuer is in the format asked for");
        }
        var id = catalogue.matching(request).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                        "unsupported_credential_type",
                        400,
                        "this issuer has no credential of the format and type asked for"));
        return selected(request, "credential_configuration_id", id);
    }

    /// Never another format silently.
    private static String inFormat(JsonObject request, Catalogue catalogue, Optional<String> format) {
        var id = request.string("credential_configuration_id");
        if (format.isPresent()
                && catalogue.find(id).isPresent()
                && !catalogue.format(id).equals(format)) {
            throw Refusal.of(
                    "unsupported_credential_format",
                    400,
                    "the credential configuration asked for is in another format than the one asked for");
        }
        return id;
    }

    private static JsonObject selected(JsonObject request, String selector, String value) {
        return JsonObject.builder()
                .put(selector, value)
                .putAll(Parts.without(
                        request,
                        "format",
                        "vct",
                        "doctype",
                        "credential_definition",
                        "claims",
                        "credential_identifier",
                        "credential_configuration_id"))
                .build();
    }

    @Override
    public Answer olderCredentialAnswer(Answer answer, Exchange exchange) {
        if (answer.successful()) {
            return exchange.withNonce(bare(answer, exchange));
        }
        if (answer.isError("invalid_nonce")) {
            return exchange.withNonce(answer.withError("invalid_proof"));
        }
        return answer.isError("invalid_proof") ? exchange.withNonce(answer) : answer;
    }

    private static Answer bare(Answer answer, Exchange exchange) {
        var credentials = answer.body().optionalObjects("credentials");
        if (credentials.isEmpty()) {
            return answer;
        }
        var values = credentials.get().stream()
                .flatMap(one -> Optional.ofNullable(one.members().get("credential")).stream())
                .toList();
        return exchange.single() && values.size() == 1
                ? answer.without("credentials").with("credential", values.getFirst())
                : answer.with("credentials", values);
    }

    @Override
    public Answer newerCredentialAnswer(Answer answer, Exchange exchange) {
        var nonce = answer.body().has("c_nonce");
        var newer = answer.without("c_nonce").without("c_nonce_expires_in");
        if (!newer.successful()) {
            return nonce && newer.isError("invalid_proof") ? newer.withError("invalid_nonce") : newer;
        }
        var one = Optional.ofNullable(newer.body().members().get("credential"));
        var bare = newer.body().optionalArray("credentials");
        var values = one.<List<?>>map(List::of).or(() -> bare);
        if (values.isEmpty()) {
            return newer;
        }
        return newer.without("credential")
                .with("credentials", values.get().stream().map(Draft14::wrapped).toList());
    }

    /// Some issuers of this draft hand them out as the next one says.
    private static Object wrapped(Object credential) {
        return credential instanceof Map<?, ?> object && object.size() == 1 && object.containsKey("credential")
                ? object
                : Map.of("credential", credential);
    }

    /// One stands bare, whatever was asked for.
    @Override
    public Answer olderDeferredAnswer(Answer answer, Exchange exchange) {
        if (!answer.successful()) {
            return answer;
        }
        return bare(
                answer,
                new Exchange(
                        exchange.request(),
                        true,
                        exchange.format(),
                        exchange.accessToken(),
                        exchange.cNonce(),
                        exchange.cNonceSeconds()));
    }
}
