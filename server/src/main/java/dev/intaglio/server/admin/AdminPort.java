package dev.intaglio.server.admin;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.TomcatWebServerFactory;

/// A port of its own for the admin interface, which is then nowhere else.
final class AdminPort extends ValveBase {
    private final Connector own;
    private final String admin;

    private AdminPort(Connector own, String adminPath) {
        super(true);
        this.own = own;
        this.admin = adminPath;
    }

    static void open(TomcatWebServerFactory factory, int port, String address, String adminPath) {
        var connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", address);
        factory.addAdditionalConnectors(connector);
        factory.addEngineValves(new AdminPort(connector, adminPath));
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        // Tomcat has decoded and normalised it: there is no way around by another spelling.
        var path = request.getDecodedRequestURI();
        var wantsAdmin = path.equals(admin) || path.startsWith(admin + "/");
        if (wantsAdmin != (request.getConnector() == own) && !path.equals("/health")) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        getNext().invoke(request, response);
    }
}
