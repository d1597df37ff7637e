package dev.intaglio.credential.dataintegrity;

import com.apicatalog.rdf.nquads.NQuadsWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A statement of an RDF dataset, as it comes from JSON-LD.
record Quad(
        String subject,
        String predicate,
        String object,
        @Nullable String datatype,
        @Nullable String language,
        @Nullable String direction,
        @Nullable String graph) {
    private static final String BLANK = "_:";

    /// With the blank nodes that stand for named ones; see [SelectiveQuads].
    Quad unnamed(String names) {
        return new Quad(
                unnamed(subject, names),
                predicate,
                datatype == null && language == null ? unnamed(object, names) : object,
                datatype,
                language,
                direction,
                graph == null ? null : unnamed(graph, names));
    }

    private static String unnamed(String resource, String names) {
        return resource.startsWith(names) ? BLANK + resource.substring(names.length()) : resource;
    }

    /// The statement in N-Quads, with a line break at its end.
    ///
    /// @param labels of blank nodes, old and new; those that are not there stay
    String text(Map<String, String> labels) {
        return NQuadsWriter.nquad(
                relabelled(subject, labels),
                predicate,
                datatype == null && language == null ? relabelled(object, labels) : object,
                datatype,
                language,
                direction,
                graph == null ? null : relabelled(graph, labels));
    }

    private static String relabelled(String resource, Map<String, String> labels) {
        return resource.startsWith(BLANK)
                ? BLANK + labels.getOrDefault(resource.substring(BLANK.length()), resource.substring(BLANK.length()))
                : resource;
    }
}
