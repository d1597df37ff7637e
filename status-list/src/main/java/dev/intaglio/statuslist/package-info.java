/// Lists that say whether credentials are still good, as values: [dev.intaglio.statuslist.StatusList] and its signed form
/// [dev.intaglio.statuslist.StatusListToken] are those of the Token Status List (IETF OAuth),
/// [dev.intaglio.statuslist.Bitstring] and [dev.intaglio.statuslist.BitstringStatusListCredential] those of the W3C's
/// Bitstring Status List. Both are made from one array of statuses. [dev.intaglio.statuslist.StatusReader] finds out what they
/// say of a credential, over a transport it is given. Who keeps lists is elsewhere. Begin with
/// [dev.intaglio.statuslist.StatusList].
@NullMarked
package dev.intaglio.statuslist;

import org.jspecify.annotations.NullMarked;
