package dev.intaglio.credential.sdjwtvc;

import dev.intaglio.credential.jose.IssuerCheck;
import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonException;
import dev.intaglio.protocol.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A salted claim that its holder may show or keep (RFC 9901 §4.2). Its digest is over the text as it was issued, so
/// that text is kept and never written anew.
///
/// @param encoded base64url of the JSON array
/// @param name the claim's name; absent for an element of an array
/// @param value plain JSON
public record Disclosure(
        String encoded,
        String salt,
        Optional<String> name,
        @Nullable Object value) {
    /// Makes the disclosure of an object's member (§4.2.1).
    public static Disclosure of(String salt, String name, @Nullable Object value) {
        return written(salt, Optional.of(name), value);
    }

    /// Makes the disclosure of an array's element (§4.2.2).
    public static Disclosure ofElement(String salt, @Nullable Object value) {
        return written(salt, Optional.empty(), value);
    }

    private static Disclosure written(String salt, Optional<String> name, @Nullable Object value) {
        var array = new ArrayList<@Nullable Object>();
        array.add(salt);
        name.ifPresent(array::add);
        array.add(value);
        var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(array));
        return new Disclosure(encoded, salt, name, value);
    }

    /// Reads a disclosure as issued.
    ///
    /// @throws DisclosureException if it is none; the message quotes nothing of it
    public static Disclosure parse(String encoded) {
        try {
            var limits = encoded.length() <= JsonLimits.REQUEST.maxBytes() ? JsonLimits.REQUEST : IssuerCheck.LARGE;
            var json = Json.read(Base64.getUrlDecoder().decode(encoded), limits);
            if (json instanceof List<?> array && array.size() == 2 && array.getFirst() instanceof String salt) {
                return new Disclosure(encoded, salt, Optional.empty(), array.get(1));
            }
            if (json instanceof List<?> array
                    && array.size() == 3
                    && array.getFirst() instanceof String salt
                    && array.get(1) instanceof String name) {
                return new Disclosure(encoded, salt, Optional.of(name), array.get(2));
            }
        } catch (JsonException malformed) {
            throw new DisclosureException("a disclosure is " + malformed.getMessage(), malformed);
        } catch (IllegalArgumentException malformed) {
            throw new DisclosureException("a disclosure is not base64url", malformed);
        }
        throw new DisclosureException("a disclosure is an array of a salt, perhaps a name, and a value");
    }

    /// The digest that stands for it in the JWT (§4.2.3).
    public String digest(HashAlgorithm algorithm) {
        return algorithm.digest(encoded.getBytes(StandardCharsets.US_ASCII));
    }

    /// Neither salt nor value.
    @Override
    public String toString() {
        return "Disclosure[" + (name.isPresent() ? "member" : "element") + "]";
    }
}
