// PAR, PKCE, DPoP with the server's nonces, private_key_jwt and authorization_details by `openid-client`.
import * as client from 'openid-client';
import { browse, importKey, parameters, report } from './oauth-client.mjs';
import { inputFromStdin, script } from './script.mjs';

await script(async () => {
  const asked = await inputFromStdin();
  const authentication = client.PrivateKeyJwt({ key: await importKey(asked.clientKey), kid: asked.clientKey.kid });
  const config = await client.discovery(new URL(asked.issuer), asked.clientId, undefined, authentication, {
    algorithm: 'oauth2',
    execute: [client.allowInsecureRequests],
  });
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));

  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const request = parameters(asked, state, await client.calculatePKCECodeChallenge(verifier));
  const url = await client.buildAuthorizationUrlWithPAR(config, request, { DPoP });
  const checks = { pkceCodeVerifier: verifier, expectedState: state };
  const tokens = await client.authorizationCodeGrant(config, await browse(url), checks, undefined, { DPoP });
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
  return report(tokens, refreshed);
});
