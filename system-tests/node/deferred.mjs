// A wallet of foreign make asks for a batch that is not ready, comes back for it, and tells that it has it.
//
//   node deferred.mjs begin <offer-uri> <batch-size>     prints what to come back with
//   node deferred.mjs finish < what-begin-printed        prints the credentials, or that they are still not there
//
// http is allowed, to loopback.
import { clientAuthenticationAnonymous, setGlobalConfig } from '@openid4vc/oauth2';
import { Openid4vciClient } from '@openid4vc/openid4vci';
import { exportJWK, importJWK } from 'jose';
import { callbacks, newKey } from './callbacks.mjs';
import { inputFromStdin, script } from './script.mjs';

const [step, offerUri, batchSize] = process.argv.slice(2);
setGlobalConfig({ allowInsecureUrls: true });
let notificationId;

await script(() => (step === 'begin' ? begin() : finish()));

function clientWith(keys, fetcher = fetch) {
  return new Openid4vciClient({
    callbacks: callbacks({ keys, fetch: fetcher, clientAuthentication: clientAuthenticationAnonymous() }),
  });
}

// Version 0.4.6 refuses a deferred response that has a notification_id beside its credentials: the check says what §9.2 says,
// "not without credentials", and tests for the opposite. So the id is taken out before the library looks, and kept.
async function keepingNotificationId(input, init) {
  const response = await fetch(input, init);
  if (!String(input).endsWith('/deferred_credential') || response.status !== 200) return response;
  const { notification_id: id, ...rest } = await response.json();
  notificationId = id;
  return new Response(JSON.stringify(rest), { status: 200, headers: response.headers });
}

async function begin() {
  const dpopKey = await newKey();
  const holders = await Promise.all(Array.from({ length: Number(batchSize) }, newKey));
  const client = clientWith([...holders, dpopKey]);
  const credentialOffer = await client.resolveCredentialOffer(offerUri);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const { accessTokenResponse: token, dpop } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer, issuerMetadata, dpop: { signer: dpopKey.signer },
  });
  const credentialConfigurationId = credentialOffer.credential_configuration_ids[0];
  const { c_nonce: nonce } = await client.requestNonce({ issuerMetadata });
  const jwt = [];
  for (const holder of holders) {
    const proof = await client.createCredentialRequestJwtProof({
      issuerMetadata, credentialConfigurationId, signer: holder.signer, nonce, issuedAt: new Date(),
    });
    jwt.push(proof.jwt);
  }
  const { credentialResponse: answer } = await client.retrieveCredentials({
    issuerMetadata, credentialConfigurationId, accessToken: token.access_token, dpop, proofs: { jwt },
  });
  return {
    issuer: credentialOffer.credential_issuer,
    accessToken: token.access_token,
    dpopKey: await exportJWK(dpopKey.privateKey),
    dpopPublic: dpopKey.publicJwk,
    dpopThumbprint: dpopKey.thumbprint,
    holders: holders.map((holder) => holder.thumbprint),
    transactionId: answer.transaction_id ?? null,
    interval: answer.interval ?? null,
    credentials: answer.credentials?.map((one) => one.credential) ?? null,
    notificationId: answer.notification_id ?? null,
  };
}

async function finish() {
  const state = await inputFromStdin();
  const key = {
    privateKey: await importJWK(state.dpopKey, 'ES256'), publicJwk: state.dpopPublic, thumbprint: state.dpopThumbprint,
    signer: { method: 'jwk', alg: 'ES256', publicJwk: state.dpopPublic },
  };
  const client = clientWith([key], keepingNotificationId);
  const issuerMetadata = await client.resolveIssuerMetadata(state.issuer);
  const access = { issuerMetadata, accessToken: state.accessToken, dpop: { signer: key.signer } };
  const { deferredCredentialResponse: answer, dpop } =
    await client.retrieveDeferredCredentials({ ...access, transactionId: state.transactionId });
  if (!answer.credentials) return { pending: true, transactionId: answer.transaction_id, interval: answer.interval };
  await client.sendNotification({
    ...access, dpop: dpop ?? access.dpop,
    notification: { notificationId, event: 'credential_accepted' },
  });
  return { pending: false, credentials: answer.credentials.map((one) => one.credential), notificationId };
}
