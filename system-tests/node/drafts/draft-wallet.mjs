// A wallet of foreign make at an issuer of a draft: takes an offer with a pre-authorized code as its library does for whatever
// version the issuer's metadata shows, and prints the credentials it received.
//
//   node draft-wallet.mjs <offer-uri> [--tx-code N] [--dpop] [--copies N]
import { parseArgs } from 'node:util';
import { clientAuthenticationAnonymous, setGlobalConfig } from '@openid4vc/oauth2';
import { Openid4vciClient } from '@openid4vc/openid4vci';
import { callbacks, newKey } from '../callbacks.mjs';
import { script } from '../script.mjs';

const { values: options, positionals: [offerUri] } = parseArgs({
  allowPositionals: true,
  options: { 'tx-code': { type: 'string' }, dpop: { type: 'boolean' }, copies: { type: 'string', default: '1' } },
});

const exchanges = [];

await script(async () => {
  setGlobalConfig({ allowInsecureUrls: true });
  const holders = await Promise.all(Array.from({ length: Number(options.copies) }, newKey));
  const dpopKey = await newKey();
  const client = new Openid4vciClient({
    callbacks: callbacks({ keys: [...holders, dpopKey], fetch: loopback, clientAuthentication: clientAuthenticationAnonymous() }),
  });

  const credentialOffer = await client.resolveCredentialOffer(offerUri);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const configurationId = credentialOffer.credential_configuration_ids[0];
  const configuration = issuerMetadata.credentialIssuer.credential_configurations_supported[configurationId];
  const { accessTokenResponse: token, dpop } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer, issuerMetadata, txCode: options['tx-code'],
    dpop: options.dpop ? { signer: dpopKey.signer } : undefined,
  });
  const nonce = issuerMetadata.credentialIssuer.nonce_endpoint
    ? (await client.requestNonce({ issuerMetadata })).c_nonce
    : token.c_nonce;
  const jwts = [];
  for (const holder of holders) {
    const { jwt } = await client.createCredentialRequestJwtProof({
      issuerMetadata, credentialConfigurationId: configurationId, signer: holder.signer, nonce, issuedAt: new Date(),
    });
    jwts.push(jwt);
  }
  const { credentialResponse: response } = await client.retrieveCredentials({
    issuerMetadata, credentialConfigurationId: configurationId, accessToken: token.access_token, dpop,
    ...(jwts.length > 1 ? { proofs: { jwt: jwts } } : { proof: { proof_type: 'jwt', jwt: jwts[0] } }),
  });
  const received = response.credentials ?? [response.credential];
  return {
    takenFor: issuerMetadata.originalDraftVersion,
    format: configuration.format,
    tokenType: token.token_type,
    shape: Object.keys(response).sort(),
    credentials: received.map((one) => one?.credential ?? one),
    holderJwk: holders[0].publicJwk,
    exchanges,
  };
});

async function loopback(input, init) {
  const url = new URL(input);
  if (!['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)) throw new Error(`${url.origin} is not this machine`);
  const response = await fetch(input, init);
  exchanges.push(`${init?.method ?? 'GET'} ${url.pathname} ${response.status}`);
  return response;
}
