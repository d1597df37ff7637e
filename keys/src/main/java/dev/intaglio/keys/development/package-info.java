/// Throw-away keys for development and demonstration, with certificates as an ecosystem would issue them.
///
/// A small certification authority of our own stands in for the one a wallet would trust, so that chains, trust
/// anchors and `x5c` behave from the first run as they will in production. Nothing here is for production: the
/// authority's key lies beside the keys it certifies, and only file permissions protect either. Needs BouncyCastle
/// (`bcpkix`), an optional dependency of this module. Begin with [dev.intaglio.keys.development.DevelopmentKeys];
/// [dev.intaglio.keys.development.DevelopmentTls] does the same for https.
@NullMarked
package dev.intaglio.keys.development;

import org.jspecify.annotations.NullMarked;
