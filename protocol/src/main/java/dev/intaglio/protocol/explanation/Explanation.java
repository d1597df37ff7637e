package dev.intaglio.protocol.explanation;

/// What a refusal says beyond its description to whoever develops the wallet: what was expected, what came instead, and where
/// the standard says so. It is shown where explaining is asked for, and kept in traces; so it never holds a token, a code, a key
/// or a claim. What came goes through [Shown]. Each part is empty where there is nothing to add.
///
/// ```java
/// throw new JsonException("the proof's aud is not the Credential Issuer Identifier",
///         Explanation.of("OpenID4VCI 1.0, App. F.1").expected(issuer).came(Shown.value(aud)));
/// ```
///
/// @param section the standard and its section
public record Explanation(String section, String expected, String came) {
    public static final Explanation NONE = new Explanation("", "", "");

    public static Explanation of(String section) {
        return new Explanation(section, "", "");
    }

    public Explanation expected(String value) {
        return new Explanation(section, value, came);
    }

    /// @param value as [Shown] writes it
    public Explanation came(String value) {
        return new Explanation(section, expected, value);
    }

    /// This one, and the other's section if this has none.
    public Explanation or(Explanation general) {
        return section.isEmpty() ? new Explanation(general.section, expected, came) : this;
    }
}
