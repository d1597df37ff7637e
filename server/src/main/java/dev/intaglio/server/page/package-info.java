/// What people see: the start page, the look of a credential, the headers that keep pages safe. Pages are made here, work
/// without scripts, and show names in the reader's language where the issuer gave them.
@NullMarked
package dev.intaglio.server.page;

import org.jspecify.annotations.NullMarked;
