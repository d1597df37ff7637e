// An issuer of foreign make for SD-JWT VCs. On stdin a JSON object with
//
//   claims            the payload: vct, iss, iat, exp, and the claims about the subject
//   disclosureFrame   which claims to make selectively disclosable, in the library's shape:
//                     {"_sd": ["family_name"], "address": {"_sd": ["locality"]}, "_sd_decoy": 2}
//   holderJwk         the key to bind the credential to, put into cnf.jwk (optional)
//   privateJwk        the P-256 key to sign with; a new one otherwise
//   x5c, kid          for the header (optional); x5c is an array of base64 DER whose leaf holds the key of privateJwk
//   hashAlg           of the digests: sha-256 otherwise
//
// and on stdout {credential, issuerJwk}.
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { issuing } from './sd-jwt.mjs';
import { inputFromStdin, script } from './script.mjs';

await script(async () => {
  const { claims, disclosureFrame, holderJwk, privateJwk, x5c, kid, hashAlg } = await inputFromStdin();
  if (!claims?.vct) throw new Error('expected claims with a vct');
  const privateKey = privateJwk
    ? createPrivateKey({ key: privateJwk, format: 'jwk' })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('expected privateJwk to be on P-256');

  const payload = holderJwk ? { ...claims, cnf: { jwk: holderJwk } } : claims;
  const header = { ...(x5c && { x5c }), ...(kid && { kid }) };
  const credential = await issuing(privateKey, { hashAlg }).issue(payload, disclosureFrame, { header });
  return { credential, issuerJwk: createPublicKey(privateKey).export({ format: 'jwk' }) };
});
