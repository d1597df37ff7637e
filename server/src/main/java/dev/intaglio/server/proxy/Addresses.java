package dev.intaglio.server.proxy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.catalina.util.NetMask;
import org.jspecify.annotations.Nullable;

/// IP addresses as proxies write them, and the ranges that are trusted. Names are never looked up.
final class Addresses {
    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern V4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern WITH_PORT = Pattern.compile("\\[(?<v6>[^]]*)](:\\d+)?|(?<v4>[^:]*):\\d+");

    private final List<NetMask> trusted;

    /// @throws IllegalStateException naming what is no address
    Addresses(List<String> trusted) {
        this.trusted = trusted.stream().map(Addresses::range).toList();
    }

    private static NetMask range(String text) {
        var slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        try {
            if (literal(address).isPresent()) {
                return new NetMask(text);
            }
        } catch (IllegalArgumentException noRange) {
            throw notOne(text, noRange);
        }
        throw notOne(text, null);
    }

    private static IllegalStateException notOne(String text, @Nullable IllegalArgumentException cause) {
        return new IllegalStateException(
                "intaglio.trusted-proxies has " + text + ", which is neither an address nor a range such as 10.0.0.0/8",
                cause);
    }

    boolean trusts(InetAddress address) {
        for (var range : trusted) {
            if (range.matches(address)) {
                return true;
            }
        }
        return false;
    }

    /// The address of a `for` (RFC 7239 §6) or of `X-Forwarded-For`, a port beside it left out.
    ///
    /// @return empty for `unknown`, for an obfuscated identifier, and for anything else that is no address
    static Optional<InetAddress> literal(String text) {
        var matcher = WITH_PORT.matcher(text);
        var bare = !matcher.matches() ? text : matcher.group("v6") != null ? matcher.group("v6") : matcher.group("v4");
        if (!V4.matcher(bare).matches() && !V6.matcher(bare).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(bare));
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }
}
