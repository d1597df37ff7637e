/// What a proxy before us says about the client: its address, and whether it came by https. Believed only of proxies that
/// the operator names. Our own address is never taken from a request: the issuer's identifier says it.
@NullMarked
package dev.intaglio.server.proxy;

import org.jspecify.annotations.NullMarked;
