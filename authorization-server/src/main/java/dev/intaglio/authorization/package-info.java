/// The Authorization Server that OpenID4VCI needs: small, free of frameworks, one package per endpoint. Begin with
/// [dev.intaglio.authorization.AuthorizationServer].
@NullMarked
package dev.intaglio.authorization;

import org.jspecify.annotations.NullMarked;
