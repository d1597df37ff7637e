/// CBOR (RFC 8949) as mdocs and Status List Tokens need it: [dev.intaglio.credential.cbor.Cbor] is a data item,
/// [dev.intaglio.credential.cbor.CborReader] reads strangers' bytes within bounds,
/// [dev.intaglio.credential.cbor.CborWriter] writes the one deterministic encoding (§4.2.1).
@NullMarked
package dev.intaglio.credential.cbor;

import org.jspecify.annotations.NullMarked;
