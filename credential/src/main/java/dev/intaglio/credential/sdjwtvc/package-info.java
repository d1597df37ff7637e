/// Credentials of the format `dc+sd-jwt`: the container (RFC 9901, [dev.intaglio.credential.sdjwtvc.SdJwt]), the
/// credential made in it (IETF SD-JWT VC, [dev.intaglio.credential.sdjwtvc.SdJwtVcFormat] issues and
/// [dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier] checks), and the type metadata that tells wallets how to show it.
@NullMarked
package dev.intaglio.credential.sdjwtvc;

import org.jspecify.annotations.NullMarked;
