/// What people and the issuer's systems get of the server: page.
@NullMarked
package dev.intaglio.server.page;

import org.jspecify.annotations.NullMarked;
