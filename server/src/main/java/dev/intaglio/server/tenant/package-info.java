/// Which pages and which parts of the admin interface tenants have: those that say so, and no others.
@NullMarked
package dev.intaglio.server.tenant;

import org.jspecify.annotations.NullMarked;
