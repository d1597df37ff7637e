package dev.intaglio.protocol.did;

import dev.intaglio.protocol.did.DidWebResolver.Names;
import dev.intaglio.protocol.http.Handler;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// A transport that goes to public addresses only, over https: for addresses that strangers name, who could mean a neighbour of
/// ours in a network they cannot reach themselves.
///
/// What a name stands for is looked up here and again by the transport; names that change in between are for a firewall.
public final class PublicTransport implements Handler {
    private final Handler transport;
    private final Set<String> privateHosts;
    private final Names names;

    /// @param transport must follow no redirects
    public PublicTransport(Handler transport) {
        this(transport, List.of());
    }

    /// @param privateHosts hosts that may be asked whatever their address is, and without TLS, too: for development and tests
    public PublicTransport(Handler transport, Collection<String> privateHosts) {
        this(transport, privateHosts, host -> List.of(InetAddress.getAllByName(host)));
    }

    PublicTransport(Handler transport, Collection<String> privateHosts, Names names) {
        this.transport = transport;
        this.privateHosts = privateHosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.names = names;
    }

    /// @throws UncheckedIOException if the address is none of the public Internet's
    @Override
    public Response handle(Request request) {
        var uri = request.uri();
        var host = uri.getHost();
        if (host == null || !privateHosts.contains(host.toLowerCase(Locale.ROOT))) {
            if (!"https".equalsIgnoreCase(uri.getScheme()) || host == null) {
                throw refused("addresses named by strangers are asked over https only");
            }
            requirePublic(host);
        }
        return transport.handle(request);
    }

    private void requirePublic(String host) {
        try {
            var addresses = names.addresses(host);
            if (addresses.isEmpty() || !addresses.stream().allMatch(PublicAddresses::isPublic)) {
                throw refused("the address is not one of the public Internet");
            }
        } catch (UnknownHostException unknown) {
            throw new UncheckedIOException(unknown);
        }
    }

    private static UncheckedIOException refused(String message) {
        return new UncheckedIOException(new IOException(message));
    }
}
