/// CBOR (RFC 8949) as mdocs need it: [dev.intaglio.credential.mdoc.cbor.Cbor] is a data item,
/// [dev.intaglio.credential.mdoc.cbor.CborReader] reads strangers' bytes within bounds,
/// [dev.intaglio.credential.mdoc.cbor.CborWriter] writes the one deterministic encoding (§4.2.1).
@NullMarked
package dev.intaglio.credential.mdoc.cbor;

import org.jspecify.annotations.NullMarked;
