package dev.intaglio.issuer.metadata;

import dev.intaglio.keys.KeyRing;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Preferences;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.metadata.CredentialIssuerMetadata;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Credential Issuer Metadata (§12.2.2): signed for wallets that would rather have it so, plain JSON for all others, and
/// then only with texts in the languages they read, if we have them. Signed metadata has every language, so that it is
/// signed once and not by request.
public final class MetadataEndpoint implements Handler {
    private static final String JSON = "application/json";
    private static final String JWT = "application/jwt";

    private final IssuerMetadata metadata;
    private final SignedMetadata signed;
    private volatile Optional<Plain> plain = Optional.empty();

    /// The document for whoever has no preference.
    private record Plain(CredentialIssuerMetadata metadata, Response response) {}

    /// @param keys if there are certificates for the key for metadata, it is also served signed
    public MetadataEndpoint(IssuerMetadata metadata, KeyRing keys, Clock clock) {
        this.metadata = metadata;
        this.signed = new SignedMetadata(keys, clock);
    }

    @Override
    public Response handle(Request request) {
        var current = metadata.current();
        return unlessKnown(request, answer(request, current));
    }

    private Response answer(Request request, CredentialIssuerMetadata current) {
        var accept = Preferences.of(request.headers(), "Accept");
        if (accept.ofMediaType(JWT) > accept.ofMediaType(JSON)) {
            var jwt = signed.of(current);
            if (jwt.isPresent()) {
                return document(Response.text(200, JWT, jwt.get()));
            }
        }
        var wanted = Preferences.of(request.headers(), "Accept-Language");
        return Languages.among(current, wanted)
                .map(languages -> document(
                                Response.json(200, languages.only(current).write()))
                        .with("Content-Language", String.join(", ", languages.returned(current))))
                .orElseGet(() -> complete(current));
    }

    private Response complete(CredentialIssuerMetadata current) {
        var known = plain.filter(one -> one.metadata() == current);
        if (known.isPresent()) {
            return known.get().response();
        }
        var response = document(Response.json(200, current.write()));
        plain = Optional.of(new Plain(current, response));
        return response;
    }

    private static Response document(Response response) {
        return response.with("Cache-Control", "public, max-age=300")
                .with("Vary", "Accept, Accept-Language")
                .with("ETag", '"' + SignedJwt.sha256(response.body()) + '"');
    }

    /// RFC 9110, section 13.1.2.
    private static Response unlessKnown(Request request, Response answer) {
        var tag = answer.header("ETag").orElse("");
        var known = request.headers().all("If-None-Match").stream()
                .flatMap(line -> List.of(line.split(",", 64)).stream())
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
        return known ? new Response(304, answer.headers(), new byte[0]) : answer;
    }
}
