// An issuer of foreign make on loopback, for a wallet to be tried against: SD-JWT VC for a pre-authorized code.
//
//   node issuer.mjs [--tx-code N | --no-tx-code] [--dpop] [--credential-identifiers] [--batch N] [--draft 11|14|15]
//
//   --tx-code                 the transaction code to ask for; '493536' otherwise
//   --no-tx-code              ask for none
//   --dpop                    require DPoP, with a nonce of this server's at both endpoints
//   --credential-identifiers  answer the token request with authorization_details, and insist on their identifier
//   --batch                   the batch size; 1 otherwise
//   --draft                   speak this draft as the library has it; 1.0 otherwise
//
// Prints {issuer, offer, offerByReference, txCode, port, configurationId, vct, issuerJwk} and stays up until stdin ends.
// Both offers hold the same code, which works once. Each request is told on stderr.
import { KeyObject, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { decodeJwt, Oauth2AuthorizationServer, Oauth2ResourceServer, Oauth2ResourceUnauthorizedError,
  Oauth2ServerErrorResponseError, preAuthorizedCodeGrantIdentifier, setGlobalConfig } from '@openid4vc/oauth2';
import { Openid4vciIssuer, Openid4vciVersion } from '@openid4vc/openid4vci';
import { callbacks, newKey } from './callbacks.mjs';
import { issuing } from './sd-jwt.mjs';
import { script } from './script.mjs';

const { values: { batch, ...options } } = parseArgs({
  options: {
    'tx-code': { type: 'string' }, 'no-tx-code': { type: 'boolean' }, dpop: { type: 'boolean' },
    'credential-identifiers': { type: 'boolean' }, batch: { type: 'string', default: '1' }, draft: { type: 'string' },
  },
});
const configurationId = 'membership';
const credentialIdentifier = 'membership-of-erika';
const vct = 'urn:example:membership';
const txCode = options['no-tx-code'] ? undefined : options['tx-code'] ?? '493536';
const batchSize = Number(batch);
const version = options.draft ? Openid4vciVersion[`Draft${options.draft}`] : Openid4vciVersion.V1;
// Up to draft 14 nonces come with answers; formats and types are asked for by name.
const old = ['11', '14'].includes(options.draft);
const preAuthorizedCode = randomUUID();
const nonces = new Set();
const dpopNonces = new Set();
let codeTaken = false;

setGlobalConfig({ allowInsecureUrls: true });
const key = await newKey();
const signingKey = KeyObject.from(key.privateKey);
const context = callbacks({ keys: [key] });
const issuer = new Openid4vciIssuer({ callbacks: context });
const authorizationServer = new Oauth2AuthorizationServer({ callbacks: context });
const resourceServer = new Oauth2ResourceServer({ callbacks: context });

const server = createServer((incoming, outgoing) => answer(incoming, outgoing).catch((error) => outgoing.destroy(error)));
await script(async () => {
  await new Promise((listening, failed) => server.once('error', failed).listen(0, '127.0.0.1', listening));
  process.stdin.resume().once('end', () => { server.close(); server.closeAllConnections(); });
  const { credentialOffer: offer } = await offerOf();
  const { credentialOffer: offerByReference } = await offerOf(`${base()}/offer`);
  return { issuer: base(), offer, offerByReference, txCode, port: server.address().port, configurationId, vct,
    issuerJwk: key.publicJwk };
});

function base() {
  return `http://127.0.0.1:${server.address().port}`;
}

function metadata() {
  const credentialIssuer = issuer.createCredentialIssuerMetadata({
    credential_issuer: base(),
    credential_endpoint: `${base()}/credential`,
    ...(!old && { nonce_endpoint: `${base()}/nonce` }),
    ...(batchSize > 1 && { batch_credential_issuance: { batch_size: batchSize } }),
    display: [{ name: 'An issuer of foreign make', locale: 'en' }],
    credential_configurations_supported: {
      [configurationId]: {
        format: old ? 'vc+sd-jwt' : 'dc+sd-jwt',
        vct,
        scope: configurationId,
        cryptographic_binding_methods_supported: ['jwk'],
        credential_signing_alg_values_supported: ['ES256'],
        proof_types_supported: { jwt: { proof_signing_alg_values_supported: ['ES256'] } },
        ...texts(),
      },
    },
  });
  const authorizationServerMetadata = authorizationServer.createAuthorizationServerMetadata({
    issuer: base(),
    token_endpoint: `${base()}/token`,
    jwks_uri: `${base()}/jwks`,
    grant_types_supported: [preAuthorizedCodeGrantIdentifier],
    'pre-authorized_grant_anonymous_access_supported': true,
    response_types_supported: ['code'],
    ...(options.dpop && { dpop_signing_alg_values_supported: ['ES256'] }),
  });
  return {
    originalDraftVersion: version,
    credentialIssuer,
    authorizationServers: [authorizationServerMetadata],
    knownCredentialConfigurations: issuer.getKnownCredentialConfigurationsSupported(credentialIssuer),
  };
}

function texts() {
  const display = [{ name: 'Membership', locale: 'en' }];
  if (old) return { display, claims: { family_name: { display: [{ name: 'Family name', locale: 'en' }] }, member_since: {} } };
  const claims = [{ path: ['family_name'], display: [{ name: 'Family name', locale: 'en' }] }, { path: ['member_since'] }];
  return options.draft ? { display, claims } : { credential_metadata: { display, claims } };
}

// The library writes both forms into one document; an issuer of draft 11 alone has but the older.
function published() {
  if (options.draft !== '11') return metadata().credentialIssuer;
  const { credential_configurations_supported, ...older } = issuer.getCredentialIssuerMetadataDraft11(metadata().credentialIssuer);
  return older;
}

function offerOf(credentialOfferUri) {
  const description = 'The code from the letter';
  const grant = {
    'pre-authorized_code': preAuthorizedCode,
    ...(txCode && { tx_code: { input_mode: /^\d+$/.test(txCode) ? 'numeric' : 'text', length: txCode.length, description } }),
  };
  return issuer.createCredentialOffer({
    issuerMetadata: metadata(), credentialConfigurationIds: [configurationId],
    grants: { [preAuthorizedCodeGrantIdentifier]: grant }, credentialOfferUri,
  });
}

const routes = {
  'GET /offer': async () => json((await offerOf()).credentialOfferObject),
  'GET /.well-known/openid-credential-issuer': () => json(published()),
  'GET /.well-known/oauth-authorization-server': () => json(metadata().authorizationServers[0]),
  'GET /.well-known/jwt-vc-issuer': () => json({ issuer: base(), jwks: { keys: [key.publicJwk] } }),
  'GET /jwks': () => json({ keys: [key.publicJwk] }),
  'POST /token': token,
  'POST /nonce': () => json(issuer.createNonceResponse({ cNonce: fresh(nonces) }), { 'Cache-Control': 'no-store' }),
  'POST /credential': credential,
};

async function token({ request, body }) {
  const accessTokenRequest = Object.fromEntries(new URLSearchParams(body));
  const { grant, dpop } = authorizationServer.parseAccessTokenRequest({ accessTokenRequest, request });
  if (options.dpop && !carriesNonceOfOurs(request)) {
    return json({ error: 'use_dpop_nonce' }, { 'DPoP-Nonce': fresh(dpopNonces) }, 400);
  }
  if (grant.grantType !== preAuthorizedCodeGrantIdentifier) throw refusal('unsupported_grant_type', grant.grantType);
  const verified = await authorizationServer.verifyPreAuthorizedCodeAccessTokenRequest({
    grant, accessTokenRequest, request, authorizationServerMetadata: metadata().authorizationServers[0],
    expectedPreAuthorizedCode: preAuthorizedCode, expectedTxCode: txCode,
    dpop: { jwt: dpop?.jwt, required: options.dpop, allowedSigningAlgs: ['ES256'] },
  });
  if (codeTaken) throw refusal('invalid_grant', 'the pre-authorized code was used before');
  codeTaken = true;
  const details = [{
    type: 'openid_credential', credential_configuration_id: configurationId, credential_identifiers: [credentialIdentifier],
  }];
  const response = await authorizationServer.createAccessTokenResponse({
    authorizationServer: base(), audience: base(), subject: preAuthorizedCode, signer: { method: 'custom', alg: 'ES256' },
    expiresInSeconds: 300, scope: configurationId, dpop: options.dpop ? verified.dpop : undefined,
    ...(old && { cNonce: fresh(nonces), cNonceExpiresIn: 300 }),
    ...(options['credential-identifiers'] && { additionalAccessTokenResponsePayload: { authorization_details: details } }),
  });
  return json(response, { 'Cache-Control': 'no-store' });
}

async function credential({ request, body }) {
  if (options.dpop && !carriesNonceOfOurs(request)) {
    return json({}, { 'DPoP-Nonce': fresh(dpopNonces), 'WWW-Authenticate': 'DPoP error="use_dpop_nonce"' }, 401);
  }
  await resourceServer.verifyResourceRequest({
    request, resourceServer: base(), authorizationServers: metadata().authorizationServers,
    allowedAuthenticationSchemes: [options.dpop ? 'DPoP' : 'Bearer'],
  });
  const asked = issuer.parseCredentialRequest({ issuerMetadata: metadata(), credentialRequest: parsed(body) });
  if (options['credential-identifiers']) {
    if (!asked.credentialIdentifier) throw refusal('invalid_credential_request', 'expected a credential_identifier');
    if (asked.credentialIdentifier !== credentialIdentifier) throw refusal('unknown_credential_identifier');
  } else if (old) {
    if (asked.format?.format !== 'vc+sd-jwt' || asked.format.vct !== vct) throw refusal('unsupported_credential_type');
  } else if (asked.credentialConfigurationId !== configurationId) {
    throw refusal('unknown_credential_configuration');
  }
  const proofs = asked.proofs?.jwt ?? [];
  if (options.draft && batchSize === 1 && !asked.credentialRequest.proof) throw refusal('invalid_proof', 'expected one proof');
  if (proofs.length === 0 || proofs.length > batchSize) throw refusal('invalid_proof', `expected 1 to ${batchSize} jwt proofs`);
  const verified = await Promise.all(
    proofs.map((jwt) => issuer.verifyCredentialRequestJwtProof({ issuerMetadata: metadata(), jwt })));
  const [nonce, ...others] = new Set(verified.map(({ payload }) => payload.nonce));
  if (others.length > 0 || !nonces.delete(nonce)) throw refusal('invalid_nonce', 'expected one unused nonce of the nonce endpoint');
  const credentials = await Promise.all(
    verified.map(async ({ signer }) => ({ credential: await membership(signer.publicJwk) })));
  const more = old ? { cNonce: fresh(nonces), cNonceExpiresInSeconds: 300, ...bare(asked, credentials) } : { credentials };
  return json(issuer.createCredentialResponse({ credentialRequest: asked, ...more }), { 'Cache-Control': 'no-store' });
}

function bare(asked, credentials) {
  const [{ credential }] = credentials;
  return asked.credentialRequest.proof ? { credential } : { credentials: credentials.map((one) => one.credential) };
}

function membership(holderJwk) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: base(), vct, iat: now, exp: now + 86_400, cnf: { jwk: holderJwk },
    family_name: 'Mustermann', member_since: '2019-04-01' };
  return issuing(signingKey).issue(claims, { _sd: ['family_name', 'member_since'] }, old ? { header: { typ: 'vc+sd-jwt' } } : undefined);
}

function fresh(set) {
  const value = randomUUID();
  set.add(value);
  return value;
}

// A request without a proof, or with one that is none, has no nonce to lack; the library refuses it for that.
function carriesNonceOfOurs(request) {
  const proof = request.headers.get('DPoP');
  if (!proof) return true;
  let nonce;
  try {
    nonce = decodeJwt({ jwt: proof }).payload.nonce;
  } catch {
    return true;
  }
  return dpopNonces.delete(nonce);
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    throw refusal('invalid_credential_request', 'the body is not JSON');
  }
}

const refusal = (error, description = error) => new Oauth2ServerErrorResponseError({ error, error_description: description });
const json = (body, headers = {}, status = 200) => ({ status, headers, body });

async function answer(incoming, outgoing) {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = new URL(incoming.url, base());
  const request = { headers: new Headers(incoming.headers), method: incoming.method, url: url.href };
  const route = routes[`${incoming.method} ${url.pathname}`];
  const { status, headers, body } = await respond(route, { request, body: Buffer.concat(chunks).toString('utf8') });
  process.stderr.write(`${incoming.method} ${url.pathname} ${status}${body.error ? ` ${body.error}` : ''}\n`);
  outgoing.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function respond(route, request) {
  if (!route) return json({ error: 'not_found' }, {}, 404);
  try {
    return await route(request);
  } catch (error) {
    if (error instanceof Oauth2ServerErrorResponseError) return json(error.errorResponse, {}, error.status);
    if (error instanceof Oauth2ResourceUnauthorizedError) return json({}, { 'WWW-Authenticate': error.toHeaderValue() }, 401);
    process.stderr.write(`${error.stack}\n`);
    return json({ error: 'server_error' }, {}, 500);
  }
}
