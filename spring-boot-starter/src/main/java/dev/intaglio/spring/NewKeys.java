package dev.intaglio.spring;

import dev.intaglio.keys.KeyUse;

/// Makes a key where the issuer makes its keys itself.
@FunctionalInterface
public interface NewKeys {
    /// @return the new key's `kid`
    /// @throws IllegalArgumentException saying where keys come from instead
    String make(KeyUse use);
}
