// What the scripts of the two OAuth clients share. On stdin they are told
// {issuer, clientId, clientKey (a private JWK), redirectUri, authorizationDetails}.

export const importKey = (jwk) =>
  crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: jwk.crv }, false, ['sign']);

/** The parameters of the authorization request that PKCE and the client do not add. */
export const parameters = (asked, state, challenge) => ({
  response_type: 'code',
  client_id: asked.clientId,
  redirect_uri: asked.redirectUri,
  authorization_details: JSON.stringify(asked.authorizationDetails),
  state,
  code_challenge: challenge,
  code_challenge_method: 'S256',
});

/** Where the browser ends up: the server approves everybody, so at the redirect URI at once. */
export async function browse(url) {
  const response = await fetch(url, { redirect: 'manual' });
  const location = response.headers.get('location');
  if (!location) throw new Error(`no redirect but ${response.status}: ${await response.text()}`);
  return new URL(location);
}

export const report = (tokens, refreshed) => ({
  tokenType: tokens.token_type,
  accessToken: tokens.access_token,
  authorizationDetails: tokens.authorization_details,
  refreshed: { tokenType: refreshed.token_type, accessToken: refreshed.access_token },
});
