// The W3C library for ecdsa-sd-2023. On stdin a JSON object with
//
//   task        issue, derive or verify
//   credential  unsigned, with a base proof, or with a derived one
//   pointers    what is always shown, or what is shown beside that
//
// On stdout {issued, issuerDid}, {derived} or {verified}.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import {
  createDiscloseCryptosuite,
  createSignCryptosuite,
  createVerifyCryptosuite,
} from '@digitalbazaar/ecdsa-sd-2023-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { documentLoader } from './document-loader.mjs';
import { inputFromStdin, script } from './script.mjs';

const TASKS = { issue, derive, verify };

await script(async () => {
  const { task, credential, pointers } = await inputFromStdin();
  return TASKS[task](credential, pointers);
});

async function issue(document, mandatoryPointers) {
  const keyPair = await EcdsaMultikey.generate({ curve: 'P-256' });
  const issuerDid = `did:key:${keyPair.publicKeyMultibase}`;
  keyPair.id = `${issuerDid}#${keyPair.publicKeyMultibase}`;
  keyPair.controller = issuerDid;
  const cryptosuite = createSignCryptosuite({ mandatoryPointers });
  const suite = new DataIntegrityProof({ signer: keyPair.signer(), cryptosuite });
  const credential = { ...document, issuer: issuerDid };
  return { issued: await vc.issue({ credential, suite, documentLoader }), issuerDid };
}

async function derive(verifiableCredential, selectivePointers) {
  const suite = new DataIntegrityProof({ cryptosuite: createDiscloseCryptosuite({ selectivePointers }) });
  return { derived: await vc.derive({ verifiableCredential, suite, documentLoader }) };
}

async function verify(credential) {
  const suite = new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
  const { verified } = await vc.verifyCredential({ credential, suite, documentLoader });
  return { verified };
}
