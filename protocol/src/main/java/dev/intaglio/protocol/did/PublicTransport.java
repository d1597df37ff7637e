package dev.intaglio.protocol.did;

import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// A transport that goes to public addresses only, over https: for addresses that strangers name, who could mean a neighbour of
/// ours in a network they cannot reach themselves.
///
/// What a name stands for is looked up here and again by the transport; names that change in between are for a firewall.
public final class PublicTransport implements Handler {
    private final Handler transport;

    public PublicTransport(Handler transport) {
        this.transport = transport;
    }

    /// @throws UncheckedIOException if the address is none of the public Internet's
    @Override
    public Response handle(Request request) {
        var uri = request.uri();
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw refused("addresses named by strangers are asked over https only");
        }
        try {
            if (!Arrays.stream(InetAddress.getAllByName(uri.getHost())).allMatch(PublicAddresses::isPublic)) {
                throw refused("the address is not one of the public Internet");
            }
        } catch (UnknownHostException unknown) {
            throw new UncheckedIOException(unknown);
        }
        return transport.handle(request);
    }

    private static UncheckedIOException refused(String message) {
        return new UncheckedIOException(new IOException(message));
    }
}
