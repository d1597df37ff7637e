package dev.intaglio.protocol.ratelimit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// What of an address is counted: an IPv4 address, or the /64 that one subscriber has of IPv6 (RFC 6177). Addresses of this
/// machine and of private networks are not: on a public server they belong to a proxy that it was not told about, behind
/// which everybody has the same.
final class ClientAddress {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final int SUBSCRIBER = 8;

    private ClientAddress() {}

    /// @param text as the server knows it; one that is no IP address counts as it stands
    static Optional<String> counted(String text) {
        var zone = text.indexOf('%');
        var bare = zone < 0 ? text : text.substring(0, zone);
        if (!LITERAL.matcher(bare).matches()) { // a name would be looked up
            return Optional.of(text);
        }
        try {
            var address = InetAddress.getByName(bare);
            return isPrivate(address) ? Optional.empty() : Optional.of(subscriber(address));
        } catch (UnknownHostException malformed) {
            return Optional.of(text);
        }
    }

    private static boolean isPrivate(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || (address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc); // RFC 4193
    }

    private static String subscriber(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, SUBSCRIBER)
                : address.getHostAddress();
    }
}
