package dev.intaglio.credential.dataintegrity;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.JsonLdOptions.ProcessingPolicy;
import com.apicatalog.jsonld.document.JsonDocument;
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
import org.jspecify.annotations.Nullable;

/// RDF Dataset Canonicalization (RDFC-1.0) of a JSON-LD document. Unless it is lenient, what the way to RDF would drop without a word is refused, as the
/// signature would not cover what a reader of the JSON sees: terms that no context defines, identifiers that are no IRIs, `null` and
/// empty arrays.
final class Rdfc implements Canonicalization {
    /// Datasets can be made that take exponential time to canonicalize (RDFC-1.0, section 7.1). A credential takes a few steps.
    private static final int MAX_STEPS = 10_000;

    private final Contexts contexts;
    private final boolean complete;

    private Rdfc(Contexts contexts, boolean complete) {
        this.contexts = contexts;
        this.complete = complete;
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
        var expanded = JsonLd.expand(JsonDocument.of(new ByteArrayInputStream(document.bytes())))
                .options(options())
                .get();
        if (complete) {
            requireIris("", expanded);
        }
        JsonLd.toRdf(JsonDocument.of(expanded)).options(options()).provide(consumer);
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
