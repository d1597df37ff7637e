package dev.intaglio.spring;

import dev.intaglio.issuer.store.DialectUse;

/// Is told of every issuance, and of every refusal for its dialect, as it is counted. Called on the request's thread; should be
/// quick.
@FunctionalInterface
public interface DialectCounter {
    void count(DialectUse use);
}
