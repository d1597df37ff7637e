package dev.intaglio.protocol.did;

import java.net.Inet4Address;
import java.net.InetAddress;

/// Tells addresses of the public internet from those that only we can reach: a stranger who names a host must not make us call our own
/// network (RFC 6890 lists what is special).
final class PublicAddresses {
    private PublicAddresses() {}

    static boolean isPublic(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return address instanceof Inet4Address ? isPublic4(address.getAddress()) : isPublic6(address.getAddress());
    }

    private static boolean isPublic4(byte[] address) {
        var first = address[0] & 0xff;
        var second = address[1] & 0xff;
        var third = address[2] & 0xff;
        return switch (first) {
            case 0 -> false; // this network
            case 100 -> second < 64 || second > 127; // shared by carriers
            case 192 -> !(second == 0 && (third == 0 || third == 2)) && !(second == 88 && third == 99);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> !(second == 0 && third == 113);
            default -> first < 240; // reserved, and broadcast
        };
    }

    /// Global unicast (RFC 4291 §2.4) without what carries an IPv4 address inside, or is for special use.
    private static boolean isPublic6(byte[] address) {
        if ((address[0] & 0xe0) != 0x20) {
            return false;
        }
        var first = (address[0] & 0xff) << 8 | address[1] & 0xff;
        var second = (address[2] & 0xff) << 8 | address[3] & 0xff;
        return switch (first) {
            case 0x2001 -> second >= 0x0200 && second != 0x0db8; // Teredo and others; documentation
            case 0x2002 -> false; // 6to4
            case 0x3fff -> second >= 0x1000; // documentation
            default -> true;
        };
    }
}
