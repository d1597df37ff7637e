/// Which tenants there are, and every definition each of them ever had: what the operator of the server decides. What a
/// tenant's issuer itself remembers is in its [stores][dev.intaglio.storage.jdbc.JdbcStores].
@NullMarked
package dev.intaglio.storage.jdbc.tenant;

import org.jspecify.annotations.NullMarked;
