package dev.intaglio.credential.vcdm;

import java.util.Arrays;
import java.util.Optional;

/// A version of the W3C Verifiable Credentials Data Model. Which one a credential follows is said by the first of its
/// contexts.
public enum DataModel {
    /// Verifiable Credentials Data Model 1.1.
    V1_1("https://www.w3.org/2018/credentials/v1", "issuanceDate", "expirationDate"),
    /// Verifiable Credentials Data Model 2.0.
    V2_0("https://www.w3.org/ns/credentials/v2", "validFrom", "validUntil");

    private final String context;
    private final String from;
    private final String until;

    DataModel(String context, String from, String until) {
        this.context = context;
        this.from = from;
        this.until = until;
    }

    /// The context that a credential of this version names first.
    public String context() {
        return context;
    }

    /// The member that says from when on a credential is valid.
    String from() {
        return from;
    }

    /// The member that says until when a credential is valid.
    String until() {
        return until;
    }

    static Optional<DataModel> of(Object firstContext) {
        return Arrays.stream(values())
                .filter(model -> model.context.equals(firstContext))
                .findFirst();
    }
}
