/// Tests of the assembled whole: the rules of the architecture, and Intaglio seen from outside by wallets that are not
/// its own. Tests that need Node or Chromium carry the tag `node` or `chromium` and run with `-Pfull`.
@NullMarked
package dev.intaglio.system;

import org.jspecify.annotations.NullMarked;
