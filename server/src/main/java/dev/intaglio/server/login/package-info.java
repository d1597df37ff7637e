/// Signing in and consent for the authorization code flow: the pages a person meets between the wallet's request and its
/// answer. [LoginController] leads through them. What a browser has done so far is in a sealed cookie, so that any node can
/// go on; [AuthorizationBrowser] hands it out where the browser comes in. Without a way to sign in the room is empty and the flow is off.
@NullMarked
package dev.intaglio.server.login;

import org.jspecify.annotations.NullMarked;
