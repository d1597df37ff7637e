/// What happens between an authorization request and its response: the user signs in and agrees, on pages of the deployer.
/// The request is parked meanwhile ([dev.intaglio.authorization.interaction.Interactions]).
@NullMarked
package dev.intaglio.authorization.interaction;

import org.jspecify.annotations.NullMarked;
