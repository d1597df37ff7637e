/// What people and the issuer's systems get of the server: admin.
@NullMarked
package dev.intaglio.server.admin;

import org.jspecify.annotations.NullMarked;
