/// W3C Data Integrity: proofs embedded in the document they are about ([dev.intaglio.credential.dataintegrity.DataIntegrity] makes
/// and checks them, [dev.intaglio.credential.dataintegrity.Cryptosuite] names the ways), and the credential format `ldp_vc` on top of
/// them. JSON-LD contexts come from [dev.intaglio.credential.dataintegrity.Contexts] and never from the network.
@NullMarked
package dev.intaglio.credential.dataintegrity;

import org.jspecify.annotations.NullMarked;
