package dev.intaglio.spring;

/// Is told of each tenant's issuer that was put together on this node, before it answers its first request.
@FunctionalInterface
interface IssuerStart {
    void begins(AssembledIssuer issuer);
}
