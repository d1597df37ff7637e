// What the W3C libraries load by address, without a network.
import * as vc from '@digitalbazaar/vc';

const UNDEFINED_TERMS = 'https://www.w3.org/ns/credentials/undefined-terms/v2';
const MULTIKEY = 'https://w3id.org/security/multikey/v1';

/** Keys are in their DIDs; contexts are those the libraries bring. */
export async function documentLoader(url) {
  if (url.startsWith('did:key:')) {
    const did = url.split('#')[0];
    const method = {
      '@context': MULTIKEY,
      id: `${did}#${did.slice('did:key:'.length)}`,
      type: 'Multikey',
      controller: did,
      publicKeyMultibase: did.slice('did:key:'.length),
    };
    const document = url.includes('#')
      ? method
      : { '@context': ['https://www.w3.org/ns/did/v1', MULTIKEY], id: did, assertionMethod: [method], authentication: [method] };
    return { contextUrl: null, documentUrl: url, document };
  }
  if (url === UNDEFINED_TERMS) {
    const document = { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/undefined-term#' } };
    return { contextUrl: null, documentUrl: url, document };
  }
  return vc.defaultDocumentLoader(url);
}
