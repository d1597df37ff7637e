// A verifier and issuer of foreign make for W3C Verifiable Credentials. On stdin a JSON object with
//
//   format       ldp_vc, or one of the formats that are JWTs; di_vp for a key proof
//   credential   as a Credential Response carries it; for ldp_vc, {"unsigned": …} is a document to be issued here instead
//   issuerJwk    the issuer's public key, for JWTs
//   presentation a key proof to be verified; without it one is made
//   domain, challenge  what a key proof has to say
//
// On stdout {verified, claims}, {issued, issuerDid} where something was to be issued, {presentation} where a key proof was made.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import { cryptosuite as ecdsa } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { cryptosuite as eddsa } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { importJWK, jwtVerify } from 'jose';
import { documentLoader } from './document-loader.mjs';
import { inputFromStdin, script } from './script.mjs';

await script(async () => {
  const { format, credential, issuerJwk, presentation, domain, challenge } = await inputFromStdin();
  if (format === 'di_vp') {
    return presentation ? shown(presentation, domain, challenge) : { presentation: await proof(domain, challenge) };
  }
  if (format !== 'ldp_vc') {
    const { payload } = await jwtVerify(credential.split('~')[0], await importJWK(issuerJwk, 'ES256'));
    return { verified: true, claims: payload };
  }
  return credential.unsigned ? issued(credential.unsigned) : verified(credential);
});

async function verified(credential) {
  const suites = [ecdsa, eddsa].map((cryptosuite) => new DataIntegrityProof({ cryptosuite }));
  const result = await vc.verifyCredential({ credential, suite: suites, documentLoader });
  if (!result.verified) {
    throw new Error(JSON.stringify(result, (name, value) => (value instanceof Error ? value.message : value)));
  }
  return { verified: true, claims: credential };
}

async function shown(presentation, domain, challenge) {
  const suite = [ecdsa, eddsa].map((cryptosuite) => new DataIntegrityProof({ cryptosuite }));
  const result = await vc.verify({ presentation, domain, challenge, suite, documentLoader });
  return { verified: result.verified, reason: String(result.error ?? '') };
}

async function proof(domain, challenge) {
  const { keyPair, did } = await newKey();
  const suite = new DataIntegrityProof({ signer: keyPair.signer(), cryptosuite: ecdsa });
  const presentation = vc.createPresentation({ holder: did, version: 2.0 });
  return vc.signPresentation({ presentation, suite, domain, challenge, documentLoader });
}

async function newKey() {
  const keyPair = await EcdsaMultikey.generate({ curve: 'P-256' });
  const did = `did:key:${keyPair.publicKeyMultibase}`;
  keyPair.id = `${did}#${keyPair.publicKeyMultibase}`;
  keyPair.controller = did;
  return { keyPair, did };
}

async function issued(document) {
  const { keyPair, did } = await newKey();
  const suite = new DataIntegrityProof({ signer: keyPair.signer(), cryptosuite: ecdsa });
  return { issued: await vc.issue({ credential: { ...document, issuer: did }, suite, documentLoader }), issuerDid: did };
}
