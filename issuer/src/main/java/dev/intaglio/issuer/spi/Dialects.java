package dev.intaglio.issuer.spi;

import dev.intaglio.issuer.store.DialectUse;
import dev.intaglio.protocol.http.Handler;
import java.net.URI;
import java.util.List;

/// Other ways of speaking the protocol than the standard's, understood in front of an issuer and its authorization server.
public interface Dialects extends AutoCloseable {
    /// Whether a path is served by [#handler], beside or instead of the issuer.
    boolean serves(String path);

    /// What answers for those paths.
    Handler handler();

    /// What stands around the authorization server.
    Handler around(Handler authorizationServer);

    /// By what identifiers the issuer is known besides its own, with the dialect spoken at each.
    List<Place> places();

    /// Who spoke what so far, the latest first.
    List<DialectUse> uses();

    /// Leaves nothing uncounted.
    @Override
    void close();

    /// @param identifier a Credential Issuer Identifier; offers are found below it as they are below the issuer's own
    record Place(String dialect, URI identifier) {}

    /// Only the standard is spoken.
    static Dialects none() {
        return new Dialects() {
            @Override
            public boolean serves(String path) {
                return false;
            }

            @Override
            public Handler handler() {
                throw new IllegalStateException("no path is served here");
            }

            @Override
            public Handler around(Handler authorizationServer) {
                return authorizationServer;
            }

            @Override
            public List<Place> places() {
                return List.of();
            }

            @Override
            public List<DialectUse> uses() {
                return List.of();
            }

            @Override
            public void close() {
                // nothing was counted
            }
        };
    }
}
