/// What the issuer's own systems ask of the server, by JSON and a bearer token: offers to make.
@NullMarked
package dev.intaglio.server.admin;

import org.jspecify.annotations.NullMarked;
