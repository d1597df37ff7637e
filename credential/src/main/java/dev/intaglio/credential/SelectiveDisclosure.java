package dev.intaglio.credential;

/// Whether the holder may keep a claim to themselves: the `sd` of SD-JWT VC type metadata.
public enum SelectiveDisclosure {
    /// The claim must be selectively disclosable.
    ALWAYS("always"),
    /// The claim may be; in what we issue, it is.
    ALLOWED("allowed"),
    /// The claim stands in the clear.
    NEVER("never");

    private final String word;

    SelectiveDisclosure(String word) {
        this.word = word;
    }

    /// As type metadata writes it.
    public String word() {
        return word;
    }

    /// Whether we issue the claim as a disclosure.
    public boolean selective() {
        return this != NEVER;
    }
}
