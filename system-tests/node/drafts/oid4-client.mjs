// A wallet of foreign make with the library of Digital Bazaar, as it is: finds the issuer by a link, redeems the code, and asks by
// format and type as draft 13 does. Prints what it received.
//
//   node oid4-client.mjs <offer-uri> [--own-proof]
//
//   --own-proof   let the library make the key proof; without, the wallet makes it and hands it over with the request
import { parseArgs } from 'node:util';
import { generateKeyPair, exportJWK, SignJWT } from 'jose';
import { getCredentialOffer, OID4Client } from '@digitalbazaar/oid4-client';
import { script } from '../script.mjs';

const { values: options, positionals: [offerUri] } = parseArgs({
  allowPositionals: true, options: { 'own-proof': { type: 'boolean' }, format: { type: 'string', default: 'ldp_vc' } },
});

await script(async () => {
  const { format } = options;
  const offer = await getCredentialOffer({ url: offerUri });
  const client = await OID4Client.fromCredentialOffer({ offer, supportedFormats: [format] });
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const publicJwk = await exportJWK(publicKey);
  const did = `did:jwk:${Buffer.from(JSON.stringify(publicJwk)).toString('base64url')}`;
  const [id] = offer.credential_configuration_ids;
  const { credential_definition } = client.issuerConfig.credential_configurations_supported[id];

  if (options['own-proof']) {
    const didProofSigner = {
      id: `${did}#0`,
      algorithm: 'P-256',
      sign: async ({ data }) => Buffer.from(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, data)),
    };
    const received = await client.requestCredential({ did, didProofSigner, format });
    return { received };
  }
  // Asked for without a proof, the issuer says the nonce for one.
  const nonce = await client.requestCredential({ format }).then(
    () => { throw new Error('expected to be asked for a proof'); },
    (refused) => refused.cause.details.c_nonce);
  const jwt = await new SignJWT({ aud: offer.credential_issuer, nonce })
    .setProtectedHeader({ alg: 'ES256', typ: 'openid4vci-proof+jwt', kid: `${did}#0` }).setIssuedAt().sign(privateKey);
  const received = await client.requestCredentials({
    requests: [{ format, credential_definition, proof: { proof_type: 'jwt', jwt } }],
  });
  return { format: received.format ?? null, credential: received.credential, holder: did, shape: Object.keys(received).sort() };
});
