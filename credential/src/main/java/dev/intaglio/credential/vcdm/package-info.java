/// W3C Verifiable Credentials, data model 1.1 and 2.0: the document itself ([dev.intaglio.credential.vcdm.VcdmDocument] makes it,
/// [dev.intaglio.credential.vcdm.VcdmCredential] reads it), and its two securings as JWT: in the claim `vc` or as the claims set
/// ([dev.intaglio.credential.vcdm.JwtVcFormat]), and with selective disclosure ([dev.intaglio.credential.vcdm.VcSdJwtFormat]).
@NullMarked
package dev.intaglio.credential.vcdm;

import org.jspecify.annotations.NullMarked;
