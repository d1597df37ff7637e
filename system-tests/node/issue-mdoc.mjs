// An issuer of foreign make for mdocs, with an authority (IACA) and a document signer of its own. On stdin a JSON object with
//
//   docType     of the document
//   elements    an object by namespace, in it the data elements
//   holderJwk   the key to bind the document to
//
// and on stdout {deviceResponse, trustAnchorPem}; the device response, in hex, holds the issued document and no signature of
// a holder.
import { webcrypto } from 'node:crypto';
import { Document, MDoc } from '@auth0/mdl';
import * as x509 from '@peculiar/x509';
import { inputFromStdin, script } from './script.mjs';

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 24 * 60 * 60 * 1000;
x509.cryptoProvider.set(webcrypto);

await script(async () => {
  const { docType, elements, holderJwk } = await inputFromStdin();
  const authority = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const signer = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const notBefore = new Date(Date.now() - 2 * DAY);
  const notAfter = new Date(Date.now() + 300 * DAY);
  const anchor = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01', name: 'CN=Foreign IACA, C=ZZ', notBefore, notAfter, keys: authority, signingAlgorithm: EC,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: '02', subject: 'CN=Foreign signer, C=ZZ', issuer: anchor.subject, notBefore, notAfter,
    publicKey: signer.publicKey, signingKey: authority.privateKey, signingAlgorithm: EC,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(['1.0.18013.5.1.2'], true),
    ],
  });

  const signed = new Date(Date.now() - DAY);
  let document = new Document(docType);
  for (const [namespace, values] of Object.entries(elements)) document = document.addIssuerNameSpace(namespace, values);
  const issued = await document
    .useDigestAlgorithm('SHA-256')
    .addValidityInfo({ signed, validFrom: signed, validUntil: new Date(Date.now() + 30 * DAY) })
    .addDeviceKeyInfo({ deviceKey: holderJwk })
    .sign({
      issuerPrivateKey: await webcrypto.subtle.exportKey('jwk', signer.privateKey),
      issuerCertificate: certificate.toString('pem'),
      alg: 'ES256',
    });
  return {
    deviceResponse: Buffer.from(new MDoc([issued]).encode()).toString('hex'),
    trustAnchorPem: anchor.toString('pem'),
  };
});
