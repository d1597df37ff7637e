package dev.intaglio.server.tls;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/// Has browsers come by https from now on (RFC 6797), also where a proxy does the TLS. On every answer: the first that a
/// browser gets from us may be a redirect of the authorization endpoint.
final class StrictTransport extends ValveBase {
    private final String value;

    StrictTransport(Duration period) {
        super(true);
        value = "max-age=" + period.toSeconds();
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        response.setHeader("Strict-Transport-Security", value);
        getNext().invoke(request, response);
    }
}
