package dev.intaglio.credential.dataintegrity;

import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.jsonld.loader.DocumentLoaderOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// The JSON-LD contexts that can be used, by address. None is ever fetched: what a signature means must not depend on what some
/// server says today, and a stranger's document must not make us call a stranger's server.
public final class Contexts {
    private static final Map<String, String> SHIPPED = Map.of(
            "https://www.w3.org/2018/credentials/v1", "credentials-v1",
            "https://www.w3.org/ns/credentials/v2", "credentials-v2",
            "https://www.w3.org/ns/credentials/undefined-terms/v2", "undefined-terms-v2",
            "https://www.w3.org/ns/credentials/status/v1", "vc-bitstring-status-list-v1",
            "https://w3id.org/security/data-integrity/v2", "data-integrity-v2",
            "https://w3id.org/security/multikey/v1", "multikey-v1",
            "https://w3id.org/security/suites/ed25519-2020/v1", "ed25519-signature-2020-v1");

    private final Map<String, Document> documents;

    private Contexts(Map<String, Document> documents) {
        this.documents = Map.copyOf(documents);
    }

    /// Those of the standards: credentials 1.1 and 2.0, undefined terms, status, Data Integrity, Multikey, Ed25519Signature2020.
    public static Contexts shipped() {
        return Parsed.ONCE;
    }

    /// Read when they are needed, and once for all issuers of a process: parsed they are large.
    private static final class Parsed {
        private static final Contexts ONCE = parse();

        private static Contexts parse() {
            var documents = new HashMap<String, Document>();
            SHIPPED.forEach((address, name) -> documents.put(address, read(resource(name))));
            return new Contexts(documents);
        }
    }

    /// These and one more.
    ///
    /// @param document the JSON-LD document with an `@context`
    /// @throws IllegalArgumentException if it is not JSON
    public Contexts with(String address, byte[] document) {
        var more = new HashMap<>(documents);
        more.put(address, read(document));
        return new Contexts(more);
    }

    private static byte[] resource(String name) {
        try (var stream =
                Objects.requireNonNull(Contexts.class.getResourceAsStream("/intaglio/contexts/" + name + ".jsonld"))) {
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Document read(byte[] document) {
        try {
            return JsonDocument.of(new ByteArrayInputStream(document));
        } catch (JsonLdError malformed) {
            throw new IllegalArgumentException("a JSON-LD context is not JSON", malformed);
        }
    }

    DocumentLoader loader() {
        return this::load;
    }

    private Document load(URI address, DocumentLoaderOptions ignored) throws JsonLdError {
        var document = documents.get(address.toString());
        if (document == null) {
            throw new JsonLdError(
                    JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED, "the context " + address + " is not known here");
        }
        return document;
    }
}
