// A verifier and issuer of foreign make for the credentials of data model 1.1 that are JWTs. On stdin a JSON object with
//
//   credential   a JWT to be verified; without it, one is issued
//   unsigned     what to issue: {sub, nbf, vc}
//   algorithm    ES256 or EdDSA, of what is issued
//
// On stdout {verified, issuer, claims}, or {issued, issuerDid, issuerJwk}. Issuers are known by did:jwk alone.
import { generateKeyPairSync } from 'node:crypto';
import { EdDSASigner, ES256Signer } from 'did-jwt';
import { createVerifiableCredentialJwt, verifyCredential } from 'did-jwt-vc';
import { inputFromStdin, script } from './script.mjs';

const KINDS = {
  ES256: { type: 'ec', options: { namedCurve: 'P-256' }, signer: (d) => ES256Signer(d) },
  EdDSA: { type: 'ed25519', options: {}, signer: (d, x) => EdDSASigner(Buffer.concat([d, x])) },
};

await script(async () => {
  const { credential, unsigned, algorithm } = await inputFromStdin();
  return credential ? verified(credential) : issued(unsigned, algorithm);
});

async function verified(credential) {
  const { verified, issuer, payload, verifiableCredential } = await verifyCredential(credential, { resolve });
  return { verified, issuer, payload, claims: verifiableCredential };
}

async function issued(unsigned, algorithm) {
  const kind = KINDS[algorithm];
  const { privateKey, publicKey } = generateKeyPairSync(kind.type, kind.options);
  const issuerJwk = publicKey.export({ format: 'jwk' });
  const did = `did:jwk:${base64url(JSON.stringify(issuerJwk))}`;
  const secret = Buffer.from(privateKey.export({ format: 'jwk' }).d, 'base64url');
  const signer = kind.signer(secret, Buffer.from(issuerJwk.x, 'base64url'));
  const issued = await createVerifiableCredentialJwt(
    unsigned,
    { did, signer, alg: algorithm },
    { header: { kid: `${did}#0` } },
  );
  return { issued, issuerDid: did, issuerJwk };
}

/** did:jwk: the document is made of the name. */
async function resolve(didUrl) {
  const did = didUrl.split('#')[0];
  const publicKeyJwk = JSON.parse(Buffer.from(did.slice('did:jwk:'.length), 'base64url'));
  const key = { id: `${did}#0`, type: 'JsonWebKey2020', controller: did, publicKeyJwk };
  return {
    didResolutionMetadata: {},
    didDocumentMetadata: {},
    didDocument: { id: did, verificationMethod: [key], assertionMethod: [key.id], authentication: [key.id] },
  };
}

function base64url(text) {
  return Buffer.from(text).toString('base64url');
}
