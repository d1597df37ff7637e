/// DIDs whose documents are fetched (DID Core 1.0): [dev.intaglio.protocol.did.DidWebResolver] finds the keys of `did:web`, and
/// [dev.intaglio.protocol.did.DidDocument] is what such a DID points to. DIDs that spell their key out are
/// [dev.intaglio.protocol.proof.DidKeys].
@NullMarked
package dev.intaglio.protocol.did;

import org.jspecify.annotations.NullMarked;
