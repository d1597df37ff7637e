package dev.intaglio.server.proxy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the headers of a trusted proxy say about a request.
///
/// Each proxy adds at the right, and whatever came from the client stays at the left. So the client is the first from the right
/// that is no trusted proxy; nothing left of it is looked at.
///
/// @param client empty if the proxy does not say, or not in a way to be relied on
/// @param https whether the client came by https; empty if the proxy does not say
record Forwarding(Optional<InetAddress> client, Optional<Boolean> https) {
    private static final Forwarding NOTHING = new Forwarding(Optional.empty(), Optional.empty());
    // A pair of RFC 7239 §4, the token or quoted string in one of two groups.
    private static final Pattern PAIR = Pattern.compile(
            "\\s*(?<name>[\\w!#$%&'*+.^`|~-]+)=(?:(?<token>[^\\s\";,]+)|\"(?<quoted>[^\"\\\\]*)\")\\s*(?<end>[;,]|$)");

    private record Hop(String address, Optional<String> scheme) {}

    /// @param forwarded the values of `Forwarded`, in order, and so the others
    static Forwarding read(
            List<String> forwarded, List<String> xForwardedFor, List<String> xForwardedProto, Addresses proxies) {
        var standard = standard(forwarded, proxies);
        var custom = custom(xForwardedFor, xForwardedProto, proxies);
        if (forwarded.isEmpty()) {
            return custom;
        }
        if (xForwardedFor.isEmpty() && xForwardedProto.isEmpty()) {
            return standard;
        }
        // A proxy that writes one of the two passes the other on as the client sent it. When they differ, one is made
        // up, and
        // there is no telling which.
        var agree = standard.client().equals(custom.client())
                && (standard.https().isEmpty() || standard.https().equals(custom.https()));
        return agree ? custom : NOTHING;
    }

    private static Forwarding standard(List<String> values, Addresses proxies) {
        var hops = new ArrayList<Hop>();
        for (var value : values) {
            var parsed = hops(value);
            if (parsed.isEmpty()) {
                return NOTHING;
            }
            hops.addAll(parsed);
        }
        return outermost(hops, proxies)
                .map(hop -> new Forwarding(
                        Addresses.literal(hop.address()), hop.scheme().map("https"::equalsIgnoreCase)))
                .orElse(NOTHING);
    }

    /// @return none if it is malformed
    private static List<Hop> hops(String value) {
        var hops = new ArrayList<Hop>();
        var matcher = PAIR.matcher(value);
        var address = "";
        var scheme = Optional.<String>empty();
        var position = 0;
        while (position < value.length()) {
            if (!matcher.find(position) || matcher.start() != position) {
                return List.of();
            }
            var text = Optional.ofNullable(matcher.group("token")).orElseGet(() -> matcher.group("quoted"));
            if (matcher.group("name").equalsIgnoreCase("for")) {
                address = text;
            } else if (matcher.group("name").equalsIgnoreCase("proto")) {
                scheme = Optional.of(text);
            }
            position = matcher.end();
            if (!matcher.group("end").equals(";")) {
                hops.add(new Hop(address, scheme));
                address = "";
                scheme = Optional.empty();
            }
        }
        return hops;
    }

    private static Forwarding custom(List<String> addresses, List<String> schemes, Addresses proxies) {
        var hops = list(addresses).stream()
                .map(address -> new Hop(address, Optional.empty()))
                .toList();
        var every = list(schemes);
        // Proxies differ in whether they replace it or add to it. If they added, each hop has to have been https.
        var https = every.isEmpty()
                ? Optional.<Boolean>empty()
                : Optional.of(every.stream().allMatch("https"::equalsIgnoreCase));
        return new Forwarding(outermost(hops, proxies).flatMap(hop -> Addresses.literal(hop.address())), https);
    }

    private static List<String> list(List<String> values) {
        return values.stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(String::strip)
                .toList();
    }

    private static Optional<Hop> outermost(List<Hop> hops, Addresses proxies) {
        for (var hop : hops.reversed()) {
            if (Addresses.literal(hop.address()).filter(proxies::trusts).isEmpty()) {
                return Optional.of(hop);
            }
        }
        return hops.stream().findFirst();
    }
}
