// PAR, PKCE, DPoP with the server's nonces, private_key_jwt and authorization_details by `oauth4webapi`.
import * as oauth from 'oauth4webapi';
import { browse, importKey, parameters, report } from './oauth-client.mjs';
import { inputFromStdin, script } from './script.mjs';

const INSECURE = { [oauth.allowInsecureRequests]: true };

/** Once more with the nonce that the server asked for. */
async function withNonce(attempt) {
  try {
    return await attempt();
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error;
    return attempt();
  }
}

await script(async () => {
  const asked = await inputFromStdin();
  const issuer = new URL(asked.issuer);
  const as = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE }),
  );
  const client = { client_id: asked.clientId };
  const authentication = oauth.PrivateKeyJwt({ key: await importKey(asked.clientKey), kid: asked.clientKey.kid });
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  const options = { DPoP, ...INSECURE };

  const verifier = oauth.generateRandomCodeVerifier();
  const state = oauth.generateRandomState();
  const request = parameters(asked, state, await oauth.calculatePKCECodeChallenge(verifier));
  const pushed = await withNonce(async () =>
    oauth.processPushedAuthorizationResponse(
      as,
      client,
      await oauth.pushedAuthorizationRequest(as, client, authentication, request, options),
    ),
  );

  const url = new URL(as.authorization_endpoint);
  url.search = new URLSearchParams({ client_id: asked.clientId, request_uri: pushed.request_uri });
  const answer = oauth.validateAuthResponse(as, client, await browse(url), state);

  const tokens = await withNonce(async () =>
    oauth.processAuthorizationCodeResponse(
      as,
      client,
      await oauth.authorizationCodeGrantRequest(as, client, authentication, answer, asked.redirectUri, verifier, options),
    ),
  );
  const refreshed = await withNonce(async () =>
    oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, authentication, tokens.refresh_token, options),
    ),
  );
  return report(tokens, refreshed);
});
