package dev.intaglio.drafts.issuer;

import dev.intaglio.drafts.Draft;
import dev.intaglio.drafts.draft15.Draft15;
import dev.intaglio.issuer.spi.DialectProvider.Surroundings;
import dev.intaglio.issuer.spi.Dialects;
import dev.intaglio.issuer.spi.ServedIssuer.Variation;
import dev.intaglio.issuer.store.DialectUse;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.oauth.ErrorResponses;
import dev.intaglio.protocol.oauth.Wording;
import dev.intaglio.protocol.proof.KeyAttestation;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What stands in front of an issuer and its authorization server: the issuer itself with its requests recognised, and beside
/// it an identifier for each draft that is understood.
final class DraftFront implements Dialects {
    private final MainIdentifier main;
    private final Map<Draft, OwnIdentifier> own = new EnumMap<>(Draft.class);
    private final Map<Draft, URI> identifiers = new EnumMap<>(Draft.class);
    private final Translator standard;
    private final Accepted accepted;
    private final Surroundings surroundings;
    private final Usage usage;
    private final PinnedTokens pinned;
    private final Handler handler = new ErrorResponses(this::handle, Wording.SHORT);

    DraftFront(Accepted accepted, Surroundings surroundings) {
        this.accepted = accepted;
        this.surroundings = surroundings;
        usage = new Usage(surroundings.uses(), surroundings.counted(), surroundings.clock());
        pinned = new PinnedTokens(surroundings.tokens(), surroundings.clock());
        var identifier = surroundings.issuer().identifier();
        standard = translator(identifier, false, KeyAttestation.TYPE);
        main = new MainIdentifier(
                standard,
                accepted.strict() ? standard : translator(identifier, true, KeyAttestation.TYPE),
                accepted,
                usage,
                pinned);
        for (var draft : accepted.drafts()) {
            var other = identifier.resolve(WellKnown.basePath(identifier) + "/" + draft.label());
            identifiers.put(draft, other);
            own.put(
                    draft,
                    new OwnIdentifier(
                            draft,
                            translator(other, draft.upTo(Draft.DRAFT_14), Draft15.KEY_ATTESTATION_TYPE),
                            accepted,
                            usage,
                            surroundings.authorizationServer()));
        }
    }

    private Translator translator(URI identifier, boolean legacy, String keyAttestationType) {
        return new Translator(
                surroundings
                        .issuer()
                        .varied(new Variation(
                                identifier,
                                legacy ? List.of(new LegacySdJwtVc(surroundings.random())) : List.of(),
                                BatchNonces::new,
                                usage,
                                keyAttestationType)),
                surroundings.nonceLifetime(),
                usage);
    }

    @Override
    public boolean serves(String path) {
        return main.serves(path) || place(path).isPresent();
    }

    private Optional<OwnIdentifier> place(String path) {
        for (var place : own.values()) {
            if (place.serves(path)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    @Override
    public Handler handler() {
        return handler;
    }

    private Response handle(Request request) {
        return place(String.valueOf(request.uri().getRawPath()))
                .<Handler>map(place -> place)
                .orElse(main)
                .handle(request);
    }

    @Override
    public Handler around(Handler authorizationServer) {
        return surroundings
                .authorizationServer()
                .<Handler>map(metadata -> new ErrorResponses(
                        new AuthorizationFront(
                                authorizationServer,
                                metadata,
                                standard,
                                identifiers.values().stream().map(URI::toString).collect(Collectors.toSet()),
                                pinned,
                                accepted,
                                usage),
                        Wording.SHORT))
                .orElse(authorizationServer);
    }

    @Override
    public List<DialectUse> uses() {
        return usage.all();
    }

    @Override
    public void close() {
        usage.write();
    }

    @Override
    public List<Place> places() {
        return identifiers.entrySet().stream()
                .map(entry -> new Place(entry.getKey().label(), entry.getValue()))
                .toList();
    }
}
