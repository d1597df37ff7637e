/// TLS without a proxy: which key and certificate, what is agreed upon with clients, and how new files are taken up while
/// the server runs. Begin at [TlsConfiguration]; [TlsKey] decides whether files are any good.
@NullMarked
package dev.intaglio.server.tls;

import org.jspecify.annotations.NullMarked;
