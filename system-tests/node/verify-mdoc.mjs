// A reader of foreign make for mdocs. On stdin a JSON object with
//
//   credential         IssuerSigned in base64url, as a Credential Response carries it
//   trustAnchorPem     the certificate of the authority (IACA)
//   docType            what it has to be
//   devicePrivateJwk   the holder's key
//
// The holder's part is played too: the elements of the document are shown in a device response, signed by the holder's
// key, and the reader verifies that. On stdout {verified, elements}: the elements of each namespace.
import { DeviceResponse, MDoc, Verifier, parse } from '@auth0/mdl';
import { inputFromStdin, script } from './script.mjs';

await script(async () => {
  const { credential, trustAnchorPem, docType, devicePrivateJwk } = await inputFromStdin();
  const issued = parse(deviceResponse(docType, Buffer.from(credential, 'base64url')));
  const fields = Object.entries(issued.documents[0].issuerSigned.nameSpaces).flatMap(([namespace, items]) =>
    items.map((item) => ({ path: [`$['${namespace}']['${item.elementIdentifier}']`], intent_to_retain: false })));

  const transcript = ['mdoc nonce', 'client', 'https://reader.example', 'nonce'];
  const shown = await DeviceResponse.from(new MDoc(issued.documents))
    .usingPresentationDefinition({
      id: 'everything',
      input_descriptors: [{
        id: docType,
        format: { mso_mdoc: { alg: ['ES256'] } },
        constraints: { limit_disclosure: 'required', fields },
      }],
    })
    .usingSessionTranscriptForOID4VP(...transcript)
    .authenticateWithSignature(devicePrivateJwk, 'ES256')
    .sign();

  const encodedSessionTranscript = DeviceResponse.from(new MDoc(issued.documents))
    .usingSessionTranscriptForOID4VP(...transcript).sessionTranscriptBytes;
  const verified = await new Verifier([trustAnchorPem]).verify(shown.encode(), { encodedSessionTranscript });
  const document = verified.documents[0];
  const elements = Object.fromEntries(document.issuerSignedNameSpaces.map((namespace) => [
    namespace, document.getIssuerNameSpace(namespace),
  ]));
  return { verified: true, elements: JSON.parse(JSON.stringify(elements, binary)) };
});

// The library reads device responses only. The issued bytes go into one as they are.
function deviceResponse(docType, issuerSigned) {
  return Buffer.concat([
    Buffer.from([0xa3]), text('version'), text('1.0'), text('status'), Buffer.from([0x00]),
    text('documents'), Buffer.from([0x81, 0xa2]), text('docType'), text(docType), text('issuerSigned'), issuerSigned,
  ]);
}

function text(value) {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([bytes.length < 24 ? Buffer.from([0x60 + bytes.length]) : Buffer.from([0x78, bytes.length]), bytes]);
}

function binary(key, value) {
  return value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64url') : value;
}
