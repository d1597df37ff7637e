/// The OAuth 2.0 messages that OpenID4VCI builds on: token request and response, grants, authorization details,
/// authorization server metadata, and [Refusal], the one shape of every wire error.
@NullMarked
package dev.intaglio.protocol.oauth;

import org.jspecify.annotations.NullMarked;
