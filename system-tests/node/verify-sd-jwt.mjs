// A verifier of foreign make for SD-JWT VCs. On stdin a JSON object with
//
//   credential                    the SD-JWT VC with some or all of its disclosures, without a key binding JWT
//   trustAnchorPem or issuerJwk   what the issuer's key is trusted by: the anchor of its x5c, or itself
//   typ                           what the header has to say in typ; dc+sd-jwt unless said otherwise
//   vct, iss, holderJwk           what the credential has to say in vct, iss and cnf.jwk (each optional)
//   requiredClaims                claims that have to be there once disclosures are applied, nested ones dotted (optional)
//   currentDate, skewSeconds      seconds; now and none otherwise
//   ignoreStatus                  do not follow `status`; otherwise a status list is fetched, verified and has to say valid
//
// and on stdout {verified, claims, header, disclosable}: the claims with all disclosures applied, and which were disclosed.
import { createPublicKey } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { verifying } from './sd-jwt.mjs';
import { inputFromStdin, script } from './script.mjs';
import { trustedLeafKey } from './x5c.mjs';

await script(async () => {
  const input = await inputFromStdin();
  if (typeof input.credential !== 'string') throw new Error('expected a credential');
  // The library takes a JWT without any tilde as well, and would not verify a key binding JWT after the last one.
  if (!input.credential.endsWith('~')) throw new Error('expected the credential to end with a tilde');
  if (Boolean(input.trustAnchorPem) === Boolean(input.issuerJwk)) throw new Error('expected either trustAnchorPem or issuerJwk');

  const verifier = verifying(({ x5c }) => input.issuerJwk
    ? createPublicKey({ key: input.issuerJwk, format: 'jwk' })
    : trustedLeafKey(x5c, input.trustAnchorPem, input.currentDate ? new Date(input.currentDate * 1000) : new Date()));
  if (input.ignoreStatus) verifier.verifyStatus = async () => {};
  const { payload: claims, header } = await verifier.verify(input.credential, {
    currentDate: input.currentDate, skewSeconds: input.skewSeconds, requiredClaimKeys: input.requiredClaims,
  });

  // What the library leaves to its user. It passes over a disclosure nothing refers to; RFC 9901 §7.1 has it refused.
  const disclosable = await verifier.presentableKeys(input.credential);
  const { disclosures } = await verifier.decode(input.credential);
  if (disclosures.length !== disclosable.length) {
    throw new Error(`expected ${disclosable.length} disclosures, as many as are referred to by digest, got ${disclosures.length}`);
  }
  expect('typ', header.typ, input.typ ?? 'dc+sd-jwt');
  if (typeof claims.vct !== 'string') throw new Error('expected vct to be a string');
  if (input.vct !== undefined) expect('vct', claims.vct, input.vct);
  if (input.iss !== undefined) expect('iss', claims.iss, input.iss);
  if (input.holderJwk) {
    if (!claims.cnf?.jwk) throw new Error('expected cnf.jwk to be the holder\'s key, there is none');
    expect('the thumbprint of cnf.jwk', await calculateJwkThumbprint(claims.cnf.jwk), await calculateJwkThumbprint(input.holderJwk));
  }
  return { verified: true, claims, header, disclosable };
});

function expect(what, actual, expected) {
  if (actual !== expected) throw new Error(`expected ${what} to be '${expected}', got '${actual}'`);
}
