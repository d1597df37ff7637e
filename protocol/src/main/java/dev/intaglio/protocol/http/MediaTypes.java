package dev.intaglio.protocol.http;

import java.util.Locale;

final class MediaTypes {
    private MediaTypes() {}

    static String essence(String contentType) {
        var end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
