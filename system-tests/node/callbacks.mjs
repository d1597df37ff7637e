// The cryptography @openid4vc asks its user for, by jose.
import { createHash, randomBytes } from 'node:crypto';
import { calculateJwkThumbprint, compactVerify, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { trustedLeafKey } from './x5c.mjs';

export async function newKey() {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const thumbprint = await calculateJwkThumbprint(publicJwk);
  return { privateKey, publicJwk, thumbprint, signer: { method: 'jwk', alg: 'ES256', publicJwk } };
}

/** `keys` are those we sign with; a signer without a key of its own in hand (method `custom`) means the first. */
export function callbacks({ keys, fetch, clientAuthentication, trustAnchorPem }) {
  const unsupported = () => { throw new Error('these scripts do not encrypt'); };
  return {
    fetch,
    clientAuthentication,
    hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
    generateRandom: (length) => randomBytes(length),
    encryptJwe: unsupported,
    decryptJwe: unsupported,
    signJwt: async (signer, { header, payload }) => {
      const thumbprint = signer.publicJwk ? await calculateJwkThumbprint(signer.publicJwk) : keys[0].thumbprint;
      const key = keys.find((candidate) => candidate.thumbprint === thumbprint);
      if (!key) throw new Error(`there is no private key for thumbprint ${thumbprint}`);
      const jwt = await new SignJWT(payload).setProtectedHeader(header).sign(key.privateKey);
      return { jwt, signerJwk: key.publicJwk };
    },
    verifyJwt: async (signer, { compact }) => {
      const signerJwk = signer.method === 'x5c' ? leafJwk(signer.x5c, trustAnchorPem) : signer.publicJwk;
      if (!signerJwk) throw new Error(`a signer known by '${signer.method}' is not supported here`);
      const verified = await compactVerify(compact, await importJWK(signerJwk, signer.alg), { algorithms: [signer.alg] })
        .then(() => true, () => false);
      return verified ? { verified, signerJwk } : { verified };
    },
  };
}

function leafJwk(x5c, trustAnchorPem) {
  if (!trustAnchorPem) throw new Error('there is no trust anchor to follow x5c to');
  return trustedLeafKey(x5c, trustAnchorPem).export({ format: 'jwk' });
}
