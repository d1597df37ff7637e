package dev.intaglio.spring;

/// What a server promises as a whole.
public enum Profile {
    /// OpenID4VCI 1.0; every setting is the operator's.
    PLAIN,
    /// The OpenID4VC High Assurance Interoperability Profile 1.0, with the FAPI 2.0 Security Profile it takes in.
    HAIP
}
