/// The issuance log: an append-only record of what the issuer did, in which every change would be seen, and in which nobody can
/// read about whom it was. Begin with [dev.intaglio.issuer.log.IssuanceLog]; auditors begin with
/// [dev.intaglio.issuer.log.LogVerifier].
@NullMarked
package dev.intaglio.issuer.log;

import org.jspecify.annotations.NullMarked;
