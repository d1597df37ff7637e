package dev.intaglio.cli;

import dev.intaglio.protocol.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// Which credentials are meant: those that everything said here is true of.
final class SelectionOptions {
    @Option(
            names = "--credential",
            paramLabel = "ID",
            description = "One credential: the id of its issuance, a dot and its number in it; or the whole issuance.")
    private @Nullable String credential;

    @Option(
            names = "--list",
            paramLabel = "URI",
            description = "With --index: the status list that the credential names.")
    private @Nullable String list;

    @Option(names = "--index", paramLabel = "N", description = "With --list: its index there.")
    private @Nullable Long index;

    @Option(names = "--subject", paramLabel = "ID", description = "All about one subject.")
    private @Nullable String subject;

    @Option(
            names = "--authorization",
            paramLabel = "ID",
            description = "All that came of one sign-in or pre-authorized code.")
    private @Nullable String authorization;

    @Option(names = "--client", paramLabel = "ID", description = "All that went to one wallet (client_id).")
    private @Nullable String client;

    @Option(
            names = "--wallet-instance",
            paramLabel = "THUMBPRINT",
            description = "All that went to one installation of a wallet, by its attested key.")
    private @Nullable String walletInstance;

    @Option(
            names = "--wallet-provider",
            paramLabel = "NAME",
            description = "All that went to wallets one provider attested.")
    private @Nullable String walletProvider;

    @Option(
            names = "--attested-key",
            paramLabel = "THUMBPRINT",
            description = "What is bound to a key that an attester vouched for.")
    private @Nullable String attestedKey;

    @Option(names = "--offer", paramLabel = "ID", description = "All that came of one offer (offer_id of its making).")
    private @Nullable String offer;

    @Option(
            names = "--transaction",
            paramLabel = "ID",
            description = "What a deferred transaction ended in, by its id in the admin interface.")
    private @Nullable String transaction;

    @Option(
            names = "--attestation",
            paramLabel = "ID",
            description = "All that rests on one attestation, by its id in the admin interface.")
    private @Nullable String attestation;

    @Option(names = "--signing-key", paramLabel = "KID", description = "All that one of the issuer's keys signed.")
    private @Nullable String signingKey;

    @Option(
            names = "--type",
            paramLabel = "ID",
            description = "Only of this type: the id of a definition or of a configuration.")
    private @Nullable String type;

    @Option(names = "--issued-from", paramLabel = "TIME", description = "Only issued then or later.")
    private @Nullable Instant issuedFrom;

    @Option(names = "--issued-before", paramLabel = "TIME", description = "Only issued before then.")
    private @Nullable Instant issuedBefore;

    /// As the admin interface reads it.
    ///
    /// @throws ParameterException if nothing was said
    JsonObject selected(CommandSpec command) {
        var selected = JsonObject.builder()
                .putIf("credential", Optional.ofNullable(credential))
                .putIf("list", Optional.ofNullable(list))
                .putIf("index", Optional.ofNullable(index))
                .putIf("subject", Optional.ofNullable(subject))
                .putIf("authorization", Optional.ofNullable(authorization))
                .putIf("client", Optional.ofNullable(client))
                .putIf("wallet_instance", Optional.ofNullable(walletInstance))
                .putIf("wallet_provider", Optional.ofNullable(walletProvider))
                .putIf("attested_key", Optional.ofNullable(attestedKey))
                .putIf("offer", Optional.ofNullable(offer))
                .putIf("transaction", Optional.ofNullable(transaction))
                .putIf("attestation", Optional.ofNullable(attestation))
                .putIf("signing_key", Optional.ofNullable(signingKey))
                .putIf("issued_from", Optional.ofNullable(issuedFrom).map(Instant::toString))
                .putIf("issued_before", Optional.ofNullable(issuedBefore).map(Instant::toString))
                .build();
        if (selected.members().isEmpty() && type == null) {
            throw new ParameterException(
                    command.commandLine(), "say which credentials: --credential, --subject, --type or another");
        }
        return JsonObject.builder()
                .put("credentials", selected)
                .putIf("type", Optional.ofNullable(type))
                .build();
    }
}
