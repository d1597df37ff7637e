package dev.intaglio.credential;

import dev.intaglio.keys.SigningKey;
import dev.intaglio.keys.X5c;
import dev.intaglio.protocol.http.WellKnown;
import dev.intaglio.protocol.proof.DidKeys;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How credentials say whose they are, and how a verifier finds the key: the parameter `issuer_key` of a format in a definition.
/// Without it, keys are known by their certificates if they have any, and by what the issuer publishes otherwise.
public enum IssuerIdentification {
    /// By certificates that come along.
    X5C("x5c"),
    /// By name, among the keys that the issuer publishes at `/.well-known/jwt-vc-issuer` (SD-JWT VC, section 5).
    JWKS("jwks"),
    /// By name, in the DID document that the issuer publishes; the DID is made of the Credential Issuer Identifier.
    DID_WEB("did:web"),
    /// By a DID that is the key itself; for trying things out, as it changes with the key.
    DID_JWK("did:jwk"),
    /// As [#DID_JWK], in the other notation.
    DID_KEY("did:key");

    public static final String PARAMETER = "issuer_key";

    private static final String FRAGMENT = "[A-Za-z0-9._~-]+";

    private final String word;

    IssuerIdentification(String word) {
        this.word = word;
    }

    /// What a definition says for a format; nothing if it leaves it to the key.
    public static Optional<IssuerIdentification> of(FormatConfiguration configuration) {
        return configuration
                .parameters()
                .optionalString(PARAMETER)
                .map(word -> Arrays.stream(values())
                        .filter(one -> one.word.equals(word))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(PARAMETER + " is none of "
                                + Arrays.stream(values()).map(one -> one.word).collect(Collectors.joining(", ")))));
    }

    /// @param possible those the format can do
    /// @throws CredentialDefinitionException if the definition says something else
    public static void check(FormatConfiguration configuration, Set<IssuerIdentification> possible) {
        try {
            if (!of(configuration).stream().allMatch(possible::contains)) {
                throw new IllegalArgumentException(configuration.format() + " can name its issuer by "
                        + possible.stream().sorted().map(one -> one.word).collect(Collectors.joining(", ")));
            }
        } catch (IllegalArgumentException unusable) {
            throw configuration.error(String.valueOf(unusable.getMessage()), PARAMETER);
        }
    }

    /// @throws CredentialDefinitionException if the definition wants certificates and the key has none
    static void checkSigner(FormatConfiguration configuration, SigningKey key) {
        if (of(configuration).filter(X5C::equals).isPresent() && key.chain().isEmpty()) {
            throw configuration.error(
                    PARAMETER + ": x5c needs a key with a certificate, and the key that signs credentials, "
                            + key.publicJwk().getKeyID()
                            + ", has none; add the certificates to its file, or name the issuer in another way",
                    PARAMETER);
        }
    }

    /// How the issuer is called in a credential: its identifier, or a DID.
    public static String issuer(Issuance issuance) {
        return of(issuance.configuration())
                .map(way -> way.issuer(issuance.issuer(), issuance.signingKey()))
                .orElseGet(issuance.issuer()::toString);
    }

    public String issuer(URI identifier, SigningKey key) {
        return switch (this) {
            case X5C, JWKS -> identifier.toString();
            case DID_WEB -> didWeb(identifier);
            case DID_JWK -> DidKeys.didJwk(key.publicJwk());
            case DID_KEY -> DidKeys.didKey(key.publicJwk());
        };
    }

    /// Whether the issuer is called otherwise as soon as it signs with another key.
    public boolean byKey() {
        return switch (this) {
            case X5C, JWKS, DID_WEB -> false;
            case DID_JWK, DID_KEY -> true;
        };
    }

    /// As it stands in a definition.
    public String word() {
        return word;
    }

    /// How the key is called: a `kid`, which is a DID URL if the issuer is a DID.
    public String keyIdentifier(URI identifier, SigningKey key) {
        return switch (this) {
            case X5C, JWKS -> key.publicJwk().getKeyID();
            case DID_WEB -> didWeb(identifier) + "#" + fragment(key);
            case DID_JWK, DID_KEY -> DidKeys.verificationMethod(issuer(identifier, key));
        };
    }

    /// What the header of a JWS says of the key.
    ///
    /// @throws IllegalStateException if the definition wants certificates and the key has none
    public static Map<String, Object> header(Optional<IssuerIdentification> way, URI identifier, SigningKey key) {
        var header = new LinkedHashMap<String, Object>();
        if (way.map(X5C::equals).orElse(!key.chain().isEmpty())) {
            if (key.chain().isEmpty()) {
                throw new IllegalStateException("the definition says " + PARAMETER + ": x5c, and the key "
                        + key.publicJwk().getKeyID() + " has no certificate");
            }
            header.put(
                    "x5c",
                    X5c.encode(key.chain()).stream().map(Object::toString).toList());
        } else {
            header.put("kid", way.orElse(JWKS).keyIdentifier(identifier, key));
        }
        return header;
    }

    /// The `did:web` of an issuer (did:web, section 3.1).
    public static String didWeb(URI identifier) {
        var path = WellKnown.basePath(identifier);
        return "did:web:" + identifier.getHost()
                + (identifier.getPort() < 0 ? "" : "%3A" + identifier.getPort())
                + path.replace("/", ":");
    }

    /// Where the DID document of [#didWeb] is served.
    public static String didWebPath(URI identifier) {
        var path = WellKnown.basePath(identifier);
        return (path.isEmpty() ? "/.well-known" : path) + "/did.json";
    }

    /// What names a key within its DID document.
    public static String fragment(SigningKey key) {
        var kid = key.publicJwk().getKeyID();
        return kid.matches(FRAGMENT) ? kid : DidKeys.didKey(key.publicJwk()).substring("did:key:".length());
    }
}
