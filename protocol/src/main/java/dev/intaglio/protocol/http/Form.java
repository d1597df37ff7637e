package dev.intaglio.protocol.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Parameters of an `application/x-www-form-urlencoded` body or of a query. Each at most once: OAuth forbids repetition
/// (RFC 6749, section 3.2); a parameter without a value counts as absent (section 3.1).
public final class Form {
    public static final String MEDIA_TYPE = "application/x-www-form-urlencoded";

    private final Map<String, String> parameters;

    private Form(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    public static Form empty() {
        return new Form(Map.of());
    }

    /// @throws IllegalArgumentException if a parameter is repeated or wrongly encoded
    public static Form read(String encoded) {
        var parameters = new LinkedHashMap<String, String>();
        for (var pair : encoded.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            var equals = pair.indexOf('=');
            var name = decode(equals < 0 ? pair : pair.substring(0, equals));
            var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (parameters.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException("the parameter " + printable(name) + " is repeated");
            }
        }
        return new Form(parameters);
    }

    public Form with(String name, String value) {
        var copy = new LinkedHashMap<>(parameters);
        copy.put(name, value);
        return new Form(copy);
    }

    public Form with(String name, Optional<String> value) {
        return value.map(present -> with(name, present)).orElse(this);
    }

    public Form without(String name) {
        var copy = new LinkedHashMap<>(parameters);
        copy.remove(name);
        return new Form(copy);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /// The names of all parameters, in their order.
    public Set<String> names() {
        return Collections.unmodifiableSet(parameters.keySet());
    }

    public String encoded() {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    public byte[] bytes() {
        return encoded().getBytes(StandardCharsets.US_ASCII);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException quoting) {
            // Its message holds what stands after the percent sign, which may belong to a code.
            throw new IllegalArgumentException("a parameter is not percent-encoded as a form is");
        }
    }

    /// `%20` rather than `+`, which is right in a form and in a URI's query alike.
    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String printable(String name) {
        return name.length() <= 64 && name.chars().allMatch(c -> c > 0x20 && c < 0x7f) ? name : "(unprintable)";
    }

    /// Names only: values may be codes.
    @Override
    public String toString() {
        return "Form" + parameters.keySet();
    }
}
