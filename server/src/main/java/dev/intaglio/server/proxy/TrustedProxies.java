package dev.intaglio.server.proxy;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/// Puts the client in the place of the proxy that speaks for it: from here on the request has the client's address, and is
/// secure (cookies are) when the client came by https.
///
/// In Tomcat rather than in a servlet filter, because Tomcat decides about its own cookies.
final class TrustedProxies extends ValveBase {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Addresses proxies;

    TrustedProxies(Addresses proxies) {
        super(true);
        this.proxies = proxies;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (Addresses.literal(request.getRemoteAddr()).filter(proxies::trusts).isPresent()) {
            var said = Forwarding.read(
                    values(request, "Forwarded"),
                    values(request, "X-Forwarded-For"),
                    values(request, "X-Forwarded-Proto"),
                    proxies);
            said.client().ifPresent(client -> {
                request.setRemoteAddr(client.getHostAddress());
                request.setRemoteHost(client.getHostAddress());
            });
            said.https().ifPresent(https -> arrived(request, https));
        }
        getNext().invoke(request, response);
    }

    private static void arrived(Request request, boolean https) {
        request.setSecure(https);
        request.getCoyoteRequest().scheme().setString(https ? "https" : "http");
        if (https && request.getServerPort() == HTTP_PORT) {
            // It was taken from a Host without a port.
            request.setServerPort(HTTPS_PORT);
        }
    }

    private static List<String> values(Request request, String header) {
        var values = new ArrayList<String>();
        request.getHeaders(header).asIterator().forEachRemaining(values::add);
        return values;
    }
}
