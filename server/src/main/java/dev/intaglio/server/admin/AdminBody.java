package dev.intaglio.server.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/// The body of a request to the admin interface.
final class AdminBody {
    private AdminBody() {}

    /// @param most how many bytes are read
    /// @throws IllegalArgumentException if there are more
    static byte[] read(HttpServletRequest request, int most) throws IOException {
        var body = request.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw new IllegalArgumentException("the request is larger than " + most + " bytes");
        }
        return body;
    }
}
