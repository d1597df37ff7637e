/// Tests of what is known about clients.
@NullMarked
package dev.intaglio.authorization.client;

import org.jspecify.annotations.NullMarked;
