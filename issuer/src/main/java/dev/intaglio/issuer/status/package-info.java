/// The status of credentials after they were issued. [dev.intaglio.issuer.status.StatusAssignment] gives each credential an
/// index in a status list while it is made; [dev.intaglio.issuer.status.CredentialStatuses] revokes, suspends, reinstates;
/// [dev.intaglio.issuer.status.StatusListPublisher] signs what has changed, on one node at a time, and
/// [dev.intaglio.issuer.status.StatusListEndpoint] serves it on all, from memory.
@NullMarked
package dev.intaglio.issuer.status;

import org.jspecify.annotations.NullMarked;
