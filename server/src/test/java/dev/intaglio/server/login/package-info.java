/// What people and wallets get of the server: signing in and consent.
@NullMarked
package dev.intaglio.server.login;

import org.jspecify.annotations.NullMarked;
