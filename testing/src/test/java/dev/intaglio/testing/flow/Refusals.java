package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.protocol.http.Response;

/// What every error response of ours has in common, and what tells them apart.
final class Refusals {
    /// RFC 6749 section 5.2, RFC 6750 section 3: printable ASCII without quotation mark and backslash.
    static final String DESCRIPTION = "[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+";

    private Refusals() {}

    /// An error response with this code in its body.
    static void assertRefused(Response response, int status, String error) {
        assertThat(response.successful()).as("%s is a success", response).isFalse();
        assertThat(response.mediaType()).as("the media type of %s", response).isEqualTo("application/json");
        var body = response.bodyObject();
        assertThat(body.string("error")).as(response.bodyText()).isEqualTo(error);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().all("Cache-Control")).containsExactly("no-store");
        assertThat(body.members()).containsOnlyKeys("error", "error_description");
        assertThat(body.string("error_description")).matches(DESCRIPTION);
        assertThat(response.headers().all("DPoP-Nonce")).hasSizeLessThanOrEqualTo(1);
    }

    /// A refusal that is about the access token: the same code in `WWW-Authenticate` (RFC 6750 section 3, RFC 9449 section 7.1).
    static void assertChallenged(Response response, int status, String scheme, String error) {
        assertRefused(response, status, error);
        assertThat(response.headers().all("WWW-Authenticate"))
                .singleElement()
                .asString()
                .startsWith(scheme + " error=\"" + error + "\"");
    }
}
