// A wallet of foreign make: takes a Credential Offer with a pre-authorized code and prints the credential it received.
//
//   node wallet.mjs <offer-uri> [--tx-code N] [--dpop] [--allow-http] [--json]
//                   [--configuration ID] [--client-id ID] [--trust-anchor FILE] [--encrypted]
//
//   --tx-code        the transaction code the user was told out of band
//   --dpop           bind the access token to a key (RFC 9449), answering server nonces
//   --allow-http     allow http, to loopback only
//   --json           keep stderr quiet unless something fails; otherwise each request is told there
//   --configuration  which of the offered credential configurations to ask for; the first otherwise
//   --client-id      identify as this client; anonymous otherwise
//   --encrypted      encrypt the Credential Request, and have the response encrypted
//   --trust-anchor   ask for signed issuer metadata and verify it by this PEM certificate
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { clientAuthenticationAnonymous, clientAuthenticationNone, Oauth2Client, resourceRequest, setGlobalConfig }
  from '@openid4vc/oauth2';
import { Openid4vciClient } from '@openid4vc/openid4vci';
import { callbacks, newKey } from './callbacks.mjs';
import { Encryption } from './encryption.mjs';
import { script } from './script.mjs';

const { values: options, positionals: [offerUri] } = parseArgs({
  allowPositionals: true,
  options: {
    'tx-code': { type: 'string' }, dpop: { type: 'boolean' }, 'allow-http': { type: 'boolean' }, json: { type: 'boolean' },
    encrypted: { type: 'boolean' }, configuration: { type: 'string' }, 'client-id': { type: 'string' }, 'trust-anchor': { type: 'string' },
  },
});

const exchanges = [];
let encryption;

await script(async () => {
  if (!offerUri) throw new Error('usage: node wallet.mjs <offer-uri> [--tx-code N] [--dpop] [--allow-http] [--json]');
  setGlobalConfig({ allowInsecureUrls: options['allow-http'] ?? false });
  const holder = await newKey();
  const dpopKey = await newKey();
  const clientId = options['client-id'];
  const trustAnchor = options['trust-anchor'];
  const context = callbacks({
    keys: [holder, dpopKey],
    fetch: watchedFetch,
    clientAuthentication: clientId ? clientAuthenticationNone({ clientId }) : clientAuthenticationAnonymous(),
    trustAnchorPem: trustAnchor && readFileSync(trustAnchor),
  });
  const client = new Openid4vciClient({ callbacks: context });

  const credentialOffer = await client.resolveCredentialOffer(offerUri);                              // §4.1
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);       // §12.2
  const configurationId = choose(credentialOffer, issuerMetadata);
  const configuration = issuerMetadata.credentialIssuer.credential_configurations_supported[configurationId];

  if (options.encrypted) encryption = await Encryption.to(issuerMetadata.credentialIssuer);            // §10

  if (options.dpop) requireDpop(context, issuerMetadata);
  const { accessTokenResponse: token, dpop } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({ // §6
    credentialOffer, issuerMetadata, txCode: options['tx-code'],
    dpop: options.dpop ? { signer: dpopKey.signer } : undefined,
  });
  const expected = options.dpop ? 'dpop' : 'bearer';
  if (token.token_type.toLowerCase() !== expected) throw new Error(`expected a ${expected} token, got '${token.token_type}'`);

  const bound = configuration.proof_types_supported !== undefined;
  const proofs = bound ? { jwt: [await keyProof()] } : undefined;                                     // §7, App. F.1
  const response = await requestCredential();                                                         // §8
  const credential = response.credentials?.[0]?.credential;
  if (credential === undefined) throw new Error(`expected credentials, got ${Object.keys(response).join(', ')}`);
  return {
    credential,
    format: configuration.format,
    configurationId,
    holderJwk: bound ? holder.publicJwk : null,
    holderThumbprint: bound ? holder.thumbprint : null,
    tokenType: token.token_type,
    notificationId: response.notification_id ?? null,
    signedMetadata: issuerMetadata.signedCredentialIssuer !== undefined,
    takenFor: issuerMetadata.originalDraftVersion,
    encryptedResponse: encryption?.opened ?? null,
    exchanges,
  };

  async function keyProof() {
    const nonce = issuerMetadata.credentialIssuer.nonce_endpoint
      ? (await client.requestNonce({ issuerMetadata })).c_nonce
      : undefined;
    const { jwt } = await client.createCredentialRequestJwtProof({
      issuerMetadata, credentialConfigurationId: configurationId, signer: holder.signer, nonce, clientId, issuedAt: new Date(),
    });
    return jwt;
  }

  // §8.2: an identifier from the token response must be used where there is one. The library's own request always
  // names the configuration, so that case is sent through its plain resource request, which handles DPoP just the same.
  async function requestCredential() {
    const identifier = token.authorization_details
      ?.find((detail) => detail.credential_configuration_id === configurationId)?.credential_identifiers?.[0];
    if (!identifier) {
      const { credentialResponse } = await client.retrieveCredentials({
        issuerMetadata, credentialConfigurationId: configurationId, accessToken: token.access_token, dpop, proofs,
        additionalRequestPayload: encryption && { credential_response_encryption: encryption.wanted },
      });
      return credentialResponse;
    }
    const { ok, response: answer } = await resourceRequest({
      callbacks: context, dpop, accessToken: token.access_token, url: issuerMetadata.credentialIssuer.credential_endpoint,
      requestOptions: {
        method: 'POST', headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ credential_identifier: identifier, proofs }),
      },
    });
    if (!ok) throw new Error(`the credential endpoint answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }
});

function choose(credentialOffer, issuerMetadata) {
  const offered = credentialOffer.credential_configuration_ids;
  const chosen = options.configuration ?? offered[0];
  if (!offered.includes(chosen)) throw new Error(`'${chosen}' is not offered, only ${offered.join(', ')}`);
  if (!issuerMetadata.credentialIssuer.credential_configurations_supported[chosen]) {
    throw new Error(`'${chosen}' is offered but the issuer metadata does not describe it`);
  }
  return chosen;
}

function requireDpop(context, issuerMetadata) {
  for (const authorizationServerMetadata of issuerMetadata.authorizationServers) {
    const { dpopSigningAlgValuesSupported: algorithms = [] } =
      new Oauth2Client({ callbacks: context }).isDpopSupported({ authorizationServerMetadata });
    if (!algorithms.includes('ES256')) {
      throw new Error(`${authorizationServerMetadata.issuer} does not list ES256 in dpop_signing_alg_values_supported`);
    }
  }
}

// Every request passes here: the library checks the URLs of metadata, but not that of an offer by reference.
async function watchedFetch(input, init) {
  const url = new URL(input);
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(options['allow-http'] && loopback)) {
    throw new Error(`${url.origin} is neither https nor, with --allow-http, http on loopback`);
  }
  const sealed = encryption?.concerns(url) ? await encryption.seal(init) : init;
  const answer = await fetch(input, asksForSignedMetadata(url) ? { ...init, headers: { Accept: 'application/jwt' } } : sealed);
  const response = encryption?.concerns(url) ? await encryption.open(answer) : answer;
  const exchange = `${init?.method ?? 'GET'} ${url.pathname} ${response.status}`;
  exchanges.push(exchange);
  if (!options.json) process.stderr.write(exchange + '\n');
  return response;
}

// The library verifies signed metadata when it gets some, but sends no Accept header to ask for it (§12.2.2).
function asksForSignedMetadata(url) {
  return options['trust-anchor'] && url.pathname.startsWith('/.well-known/openid-credential-issuer');
}
