package dev.intaglio.issuer.status;

import dev.intaglio.issuer.store.StatusLists;
import dev.intaglio.issuer.store.StatusLists.Published;
import dev.intaglio.protocol.http.Headers;
import dev.intaglio.protocol.http.Preferences;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.statuslist.StatusListToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// What is published, ready to be sent: every response is made once for each publication, not for each request.
final class ServedLists {
    private static final byte[] NO_BODY = {};

    private final StatusLists lists;
    private final Duration timeToLive;
    private final Map<String, Map<String, Document>> byList = new ConcurrentHashMap<>();
    private long seen = -1;

    ServedLists(StatusLists lists, Duration timeToLive) {
        this.lists = lists;
        this.timeToLive = timeToLive;
    }

    /// Called by one at a time.
    ///
    /// @param published where the clock stands
    void takeUp(long published) {
        if (published == seen) {
            return;
        }
        for (var document : lists.publishedAfter(seen)) {
            byList.computeIfAbsent(document.listId(), id -> new ConcurrentHashMap<>())
                    .put(document.resource(), Document.of(document, timeToLive));
        }
        seen = published;
    }

    Optional<Document> find(String listId, String resource) {
        return Optional.ofNullable(byList.getOrDefault(listId, Map.of()).get(resource));
    }

    List<String> listIds() {
        return List.copyOf(new TreeSet<>(byList.keySet()));
    }

    /// One document in the forms it can be sent in.
    record Document(Response plain, Optional<Response> compressed) {
        static Document of(Published published, Duration timeToLive) {
            var content = published.content();
            var tag = SignedJwt.sha256(content);
            // A CWT is compressed already; another layer would cost verifiers more than it saves.
            var gzip = published.mediaType().equals(StatusListToken.CWT)
                    ? Optional.<byte[]>empty()
                    : Optional.of(gzip(content)).filter(shorter -> shorter.length < content.length * 9L / 10);
            return new Document(
                    response(published.mediaType(), content, tag, timeToLive),
                    gzip.map(body -> response(published.mediaType(), body, tag + "-gzip", timeToLive)
                            .with("Content-Encoding", "gzip")));
        }

        private static Response response(String mediaType, byte[] content, String tag, Duration timeToLive) {
            return new Response(200, Headers.of("Content-Type", mediaType), content)
                    .with("Cache-Control", "public, max-age=" + timeToLive.toSeconds())
                    .with("ETag", '"' + tag + '"')
                    .with("Vary", "Accept, Accept-Encoding");
        }

        private static byte[] gzip(byte[] content) {
            var compressed = new ByteArrayOutputStream(content.length);
            try (var output = new CountingBytes(compressed)) {
                output.write(content);
            } catch (IOException impossible) {
                throw new IllegalStateException("memory cannot be written to", impossible);
            }
            return compressed.toByteArray();
        }

        /// What is in base64 is compressed below it: nothing comes again, only its alphabet is small.
        private static final class CountingBytes extends GZIPOutputStream {
            CountingBytes(OutputStream output) throws IOException {
                super(output);
                def.setStrategy(Deflater.HUFFMAN_ONLY);
            }
        }

        /// RFC 9110, sections 12.5.3 and 13.1.2.
        Response answer(Request request) {
            var form = compressed.isPresent() && wantsGzip(request) ? compressed.get() : plain;
            var tag = form.header("ETag").orElse("");
            var known = request.headers().all("If-None-Match").stream()
                    .flatMap(line -> Arrays.stream(line.split(",", 64)))
                    .map(String::strip)
                    .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
            return known ? new Response(304, form.headers(), NO_BODY) : form;
        }

        private static boolean wantsGzip(Request request) {
            return Preferences.of(request.headers(), "Accept-Encoding").values().stream()
                    .anyMatch(one -> one.value().equals("gzip") && one.weight() > 0);
        }
    }
}
