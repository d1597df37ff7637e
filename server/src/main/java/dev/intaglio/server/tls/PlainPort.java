package dev.intaglio.server.tls;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.TomcatWebServerFactory;

/// A port without TLS for what runs beside the server: probes of its health, and the issuer's own systems. The protocol and
/// the pages are not there.
final class PlainPort extends ValveBase {
    private final Connector plain;
    private final String admin;

    private PlainPort(Connector plain, String basePath) {
        super(true);
        this.plain = plain;
        admin = basePath + "/admin/";
    }

    static void open(TomcatWebServerFactory factory, int port, String basePath) {
        var connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        factory.addAdditionalConnectors(connector);
        factory.addEngineValves(new PlainPort(connector, basePath));
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // Tomcat has decoded and normalised it: there is no way around by another spelling.
        var path = request.getDecodedRequestURI();
        if (request.getConnector() == plain && !path.equals("/health") && !path.startsWith(admin)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        getNext().invoke(request, response);
    }
}
