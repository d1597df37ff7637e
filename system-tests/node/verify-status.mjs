// Verifiers of foreign make that ask for the status of a credential. On stdin a JSON object with
//
//   credential      an SD-JWT VC, a W3C credential as JWT, or one with Data Integrity proof
//   trustAnchorPem  the anchor of its issuer's certificates, for all that is a JWT
//   lists           what was to be had at the addresses it names, as text, by address
//
// On stdout {status}, the number in the Token Status List, and whether the library takes the credential as a whole: {accepted};
// for W3C credentials {purposes}, the bit for each purpose.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite as ecdsa } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { cryptosuite as eddsa } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { checkStatus, statusTypeMatches } from '@digitalbazaar/vc-bitstring-status-list';
import { getListFromStatusListJWT, getStatusListFromJWT } from '@sd-jwt/jwt-status-list';
import { jwtVerify } from 'jose';
import { documentLoader } from './document-loader.mjs';
import { inputFromStdin, script } from './script.mjs';
import { verifying } from './sd-jwt.mjs';
import { trustedLeafKey } from './x5c.mjs';

await script(async () => {
  const { credential, trustAnchorPem, lists } = await inputFromStdin();
  const signed = async (jwt, typ) =>
    (await jwtVerify(jwt, ({ x5c }) => trustedLeafKey(x5c, trustAnchorPem), { typ })).payload;
  const list = (uri) => {
    if (!(uri in lists)) throw new Error(`the credential names ${uri}, which is none of ${Object.keys(lists).join(', ')}`);
    return lists[uri];
  };
  if (typeof credential === 'object') return proven(credential, list);
  return credential.includes('~') ? tokenStatus(credential, list, signed, trustAnchorPem) : bits(
    await signed(credential, 'vc+jwt'),
    async (uri) => ({ document: await signed(list(uri), 'vc+jwt') }),
    { verifyBitstringStatusListCredential: false }, // it knows no JWT; jose has verified it
  );
});

async function tokenStatus(credential, list, signed, trustAnchorPem) {
  const { idx, uri } = getStatusListFromJWT(credential.split('~')[0]);
  const claims = await signed(list(uri), 'statuslist+jwt');
  if (claims.sub !== uri) throw new Error(`expected sub to be '${uri}', got '${claims.sub}'`);
  const status = getListFromStatusListJWT(list(uri)).getStatus(idx);

  const verifier = verifying(({ x5c }) => trustedLeafKey(x5c, trustAnchorPem));
  verifier.userConfig.statusListFetcher = async (address) => list(address);
  try {
    await verifier.verify(credential);
    return { status, accepted: true };
  } catch (refusal) {
    return { status, accepted: false, reason: refusal.message };
  }
}

/** Both the credential and the list have to be proven. */
async function proven(credential, list) {
  const suite = [ecdsa, eddsa].map((cryptosuite) => new DataIntegrityProof({ cryptosuite }));
  const loader = async (url) => url.startsWith('did:') || url.includes('/ns/')
    ? documentLoader(url)
    : { contextUrl: null, documentUrl: url, document: JSON.parse(list(url)) };
  let found;
  const result = await vc.verifyCredential({
    credential, suite, documentLoader: loader, checkStatus: async () => {
      found = await bits(credential, loader, { suite });
      return { verified: true };
    },
  });
  if (!result.verified) {
    throw new Error(JSON.stringify(result, (name, value) => (value instanceof Error ? value.message : value)));
  }
  return found;
}

async function bits(credential, loader, options) {
  if (!statusTypeMatches({ credential })) throw new Error('the library finds no status of its kind in the credential');
  const { verified, results, error } = await checkStatus({ credential, documentLoader: loader, ...options });
  if (!verified) throw error ?? new Error('the status could not be verified');
  return { purposes: Object.fromEntries(results.map((one) => [one.credentialStatus.statusPurpose, one.status])) };
}
