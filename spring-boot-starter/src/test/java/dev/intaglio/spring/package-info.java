/// What the starter makes of properties, and how it leads requests to their handlers.
@NullMarked
package dev.intaglio.spring;

import org.jspecify.annotations.NullMarked;
