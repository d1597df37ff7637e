package dev.intaglio.credential.dataintegrity;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.JsonLdOptions.ProcessingPolicy;
import com.apicatalog.jsonld.context.ActiveContext;
import com.apicatalog.jsonld.deseralization.JsonLdToRdf;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.expansion.Expansion;
import com.apicatalog.jsonld.flattening.NodeMap;
import com.apicatalog.jsonld.flattening.NodeMapBuilder;
import com.apicatalog.jsonld.json.JsonUtils;
import com.apicatalog.jsonld.processor.ProcessingRuntime;
import com.apicatalog.jsonld.uri.UriUtils;
import com.apicatalog.jsonld.uri.UriValidationPolicy;
import com.apicatalog.rdf.api.RdfConsumerException;
import com.apicatalog.rdf.api.RdfQuadConsumer;
import com.apicatalog.rdf.canon.RdfCanon;
import com.apicatalog.rdf.canon.RdfCanonTicker;
import com.apicatalog.rdf.nquads.NQuadsWriter;
import dev.intaglio.protocol.json.JsonObject;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// RDF Dataset Canonicalization (RDFC-1.0) of a JSON-LD document. Unless it is lenient, what the way to RDF would drop without a word is refused, as the
/// signature would not cover what a reader of the JSON sees: terms that no context defines, identifiers that are no IRIs, `null` and
/// empty arrays.
final class Rdfc implements Canonicalization {
    /// Datasets can be made that take exponential time to canonicalize (RDFC-1.0, section 7.1). A credential takes a few steps.
    private static final int MAX_STEPS = 10_000;

    /// More lists of contexts than this are a sign of strangers' documents; then all are forgotten and it begins anew.
    private static final int MAX_PREPARED = 64;

    private final Contexts contexts;
    private final boolean complete;
    private final JsonLdOptions options;
    private final Map<List<?>, ActiveContext> prepared = new ConcurrentHashMap<>();

    private Rdfc(Contexts contexts, boolean complete) {
        this.contexts = contexts;
        this.complete = complete;
        this.options = options();
    }

    static Rdfc strict(Contexts contexts) {
        return new Rdfc(contexts, true);
    }

    /// Lets the way to RDF drop what no context defines.
    static Rdfc lenient(Contexts contexts) {
        return new Rdfc(contexts, false);
    }

    @Override
    public byte[] canonical(JsonObject document, String hash) {
        try {
            var dataset = RdfCanon.create(hash, new Steps());
            toRdf(document, dataset);
            var quads = new StringWriter(2_048);
            dataset.provide(new NQuadsWriter(quads));
            return quads.toString().getBytes(StandardCharsets.UTF_8);
        } catch (JsonLdError | RdfConsumerException | IllegalStateException | ClassCastException unusable) {
            throw unreadable(unusable);
        }
    }

    /// What the document says, in no order.
    List<Quad> statements(JsonObject document) {
        var statements = new Statements(new ArrayList<>());
        try {
            toRdf(document, statements);
            return statements.found();
        } catch (JsonLdError | RdfConsumerException | IllegalStateException | ClassCastException unusable) {
            throw unreadable(unusable);
        }
    }

    /// What the blank nodes of statements are called in canonical form: `c14n` and a number, both without `_:`.
    static Map<String, String> canonicalLabels(List<Quad> statements, String hash) {
        try {
            var dataset = RdfCanon.create(hash, new Steps());
            for (var quad : statements) {
                dataset.quad(
                        quad.subject(),
                        quad.predicate(),
                        quad.object(),
                        quad.datatype(),
                        quad.language(),
                        quad.direction(),
                        quad.graph());
            }
            dataset.provide(new Statements(new ArrayList<>()));
            var labels = new HashMap<String, String>();
            dataset.mapping().forEach((node, label) -> labels.put(bare(node), bare(label)));
            return labels;
        } catch (RdfConsumerException | IllegalStateException unusable) {
            throw unreadable(unusable);
        }
    }

    private static String bare(String label) {
        return label.startsWith("_:") ? label.substring(2) : label;
    }

    private void toRdf(JsonObject document, RdfQuadConsumer consumer) throws JsonLdError, RdfConsumerException {
        if (complete) {
            requireNothingEmpty(document.members());
        }
        var expanded = expanded(document);
        if (complete) {
            requireIris("", expanded);
        }
        JsonLdToRdf.with(NodeMapBuilder.with(expanded, new NodeMap()).build())
                .uriValidation(options.getUriValidation())
                .provide(consumer);
    }

    /// The JSON-LD Expansion Algorithm, with contexts that were read before: those of a credential type are the same in all its
    /// credentials. Contexts spelled out in a document are read each time, as strangers spell out what they like.
    private JsonArray expanded(JsonObject document) throws JsonLdError {
        if (!(document.members().get("@context") instanceof List<?> addresses)
                || !addresses.stream().allMatch(String.class::isInstance)) {
            return JsonLd.expand(JsonDocument.of(new ByteArrayInputStream(document.bytes())))
                    .options(options)
                    .get();
        }
        var expanded = Expansion.with(context(addresses), json(document.without("@context")), null, null)
                .compute();
        if (expanded instanceof jakarta.json.JsonObject object && object.size() == 1 && object.containsKey("@graph")) {
            return JsonUtils.toJsonArray(object.get("@graph"));
        }
        return JsonUtils.isNull(expanded) ? JsonValue.EMPTY_JSON_ARRAY : JsonUtils.toJsonArray(expanded);
    }

    private ActiveContext context(List<?> addresses) throws JsonLdError {
        var known = prepared.get(addresses);
        if (known != null) {
            return known;
        }
        var read = new ActiveContext(null, null, ProcessingRuntime.of(options))
                .newContext()
                .create(
                        Objects.requireNonNull(json(JsonObject.builder()
                                        .put("@context", addresses)
                                        .build())
                                .asJsonObject()
                                .get("@context")),
                        null);
        if (prepared.size() >= MAX_PREPARED) {
            prepared.clear();
        }
        prepared.put(List.copyOf(addresses), read);
        return read;
    }

    private static JsonValue json(JsonObject object) throws JsonLdError {
        return JsonDocument.of(new ByteArrayInputStream(object.bytes()))
                .getJsonContent()
                .orElseThrow();
    }

    private static IllegalArgumentException unreadable(Exception unusable) {
        return new IllegalArgumentException(
                "the document cannot be read as JSON-LD: " + unusable.getMessage(), unusable);
    }

    private record Statements(List<Quad> found) implements RdfQuadConsumer {
        @Override
        public RdfQuadConsumer quad(
                String subject,
                String predicate,
                String object,
                @Nullable String datatype,
                @Nullable String language,
                @Nullable String direction,
                @Nullable String graph) {
            found.add(new Quad(subject, predicate, object, datatype, language, direction, graph));
            return this;
        }
    }

    private static void requireNothingEmpty(@Nullable Object value) {
        switch (value) {
            case null -> throw new IllegalArgumentException("the document holds null, which JSON-LD takes for nothing");
            case JsonObject object -> requireNothingEmpty(object.members());
            case Map<?, ?> object -> object.values().forEach(Rdfc::requireNothingEmpty);
            case List<?> array -> {
                if (array.isEmpty()) {
                    throw new IllegalArgumentException(
                            "the document holds an empty array, which JSON-LD takes for nothing");
                }
                array.forEach(Rdfc::requireNothingEmpty);
            }
            default -> {}
        }
    }

    /// @param member where the value stands in the expanded document
    private static void requireIris(String member, JsonValue value) {
        switch (value) {
            case jakarta.json.JsonObject object ->
                object.forEach((name, inside) -> {
                    if (!name.startsWith("@")) {
                        requireIri(name);
                    }
                    requireIris(name, inside);
                });
            case JsonArray array -> array.forEach(inside -> requireIris(member, inside));
            case JsonString text when member.equals("@id") || member.equals("@type") -> requireIri(text.getString());
            default -> {}
        }
    }

    private static void requireIri(String iri) {
        if (!iri.startsWith("_:") && !UriUtils.isAbsoluteUri(iri, UriValidationPolicy.Full)) {
            throw new IllegalArgumentException("an identifier in the document is no absolute IRI");
        }
    }

    private JsonLdOptions options() {
        var options = new JsonLdOptions(contexts.loader());
        options.setUndefinedTermsPolicy(complete ? ProcessingPolicy.Fail : ProcessingPolicy.Ignore);
        options.setOrdered(false);
        return options;
    }

    private static final class Steps implements RdfCanonTicker {
        private int steps;

        @Override
        public void tick() {
            if (++steps > MAX_STEPS) {
                throw new IllegalStateException("the dataset takes too long to canonicalize");
            }
        }
    }
}
