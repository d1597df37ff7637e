package dev.intaglio.server.admin;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonLimits;
import dev.intaglio.protocol.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;

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

    /// An order. What is not understood is refused and never quoted, since it may be a password; no body is an empty order.
    ///
    /// @param members those there are
    /// @throws IllegalArgumentException saying which there are
    static JsonObject read(HttpServletRequest request, int most, Set<String> members) throws IOException {
        var body = read(request, most);
        var order = body.length == 0 ? JsonObject.empty() : Json.readObject(body, JsonLimits.DOCUMENT);
        if (!members.containsAll(order.members().keySet())) {
            throw new IllegalArgumentException(
                    "there are " + members.stream().sorted().toList());
        }
        return order;
    }
}
