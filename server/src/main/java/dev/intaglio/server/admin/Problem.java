package dev.intaglio.server.admin;

import dev.intaglio.protocol.json.JsonObject;

/// Problem details (RFC 9457). Our problems have no type of their own: status and detail say it all.
final class Problem {
    static final String MEDIA_TYPE = "application/problem+json";

    private Problem() {}

    static JsonObject of(int status, String title, String detail) {
        return JsonObject.builder()
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .build();
    }
}
