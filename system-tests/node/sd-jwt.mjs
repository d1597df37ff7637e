// The cryptography @sd-jwt asks its user for, by node:crypto.
import { createHash, randomBytes, sign, verify } from 'node:crypto';
import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc';

const algorithms = {
  ES256: { digest: 'sha256', curve: 'prime256v1' },
  ES384: { digest: 'sha384', curve: 'secp384r1' },
  ES512: { digest: 'sha512', curve: 'secp521r1' },
  EdDSA: { digest: null, type: 'ed25519' },
};

const digest = (data, algorithm) => createHash(algorithm.replace('-', ''))
  .update(typeof data === 'string' ? data : new Uint8Array(data)).digest();

export function issuing(privateKey, { alg = 'ES256', hashAlg = 'sha-256' } = {}) {
  return new SDJwtVcInstance({
    hasher: digest,
    hashAlg,
    saltGenerator: (length) => randomBytes(length).toString('base64url'),
    signAlg: alg,
    signer: (data) =>
      sign(algorithms[alg].digest, Buffer.from(data), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  });
}

/** `keyFor` tells from a JWT's header the public key to verify it with; it serves the credential and its status list. */
export function verifying(keyFor) {
  return new SDJwtVcInstance({
    hasher: digest,
    verifier: (data, signature) => {
      const header = JSON.parse(Buffer.from(data.split('.')[0], 'base64url').toString('utf8'));
      const algorithm = algorithms[header.alg];
      if (!algorithm) throw new Error(`expected alg to be one of ${Object.keys(algorithms).join(', ')}, got '${header.alg}'`);
      const key = keyFor(header);
      if (key.asymmetricKeyDetails?.namedCurve !== algorithm.curve || (algorithm.type && key.asymmetricKeyType !== algorithm.type)) {
        throw new Error(`alg ${header.alg} does not fit the signer's key`);
      }
      return verify(algorithm.digest, Buffer.from(data), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
    },
  });
}
