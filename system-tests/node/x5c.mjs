// Certificates of an `x5c` header, followed from the leaf to the one anchor the caller trusts (RFC 7515 §4.1.6).
import { X509Certificate } from 'node:crypto';

/** The leaf's public key, once every certificate is in date and signed by the next, and the last by the anchor. */
export function trustedLeafKey(x5c, anchorPem, now = new Date()) {
  if (!Array.isArray(x5c) || x5c.length === 0) throw new Error('the header has no x5c to follow to the trust anchor');
  const chain = [...x5c.map(certificate), new X509Certificate(anchorPem)];
  for (const [index, subject] of chain.entries()) {
    const name = index === x5c.length ? 'the trust anchor' : `x5c[${index}]`;
    if (now < new Date(subject.validFrom) || now > new Date(subject.validTo)) {
      throw new Error(`${name} is valid from ${subject.validFrom} to ${subject.validTo}, not on ${now.toISOString()}`);
    }
    const issuer = chain[index + 1];
    if (!issuer) continue;
    if (!issuer.ca) throw new Error(`${name} is followed by a certificate that is not a certificate authority's`);
    if (!subject.checkIssued(issuer)) throw new Error(`${name} names another issuer than the certificate after it`);
    if (!subject.verify(issuer.publicKey)) throw new Error(`${name} is not signed by the certificate after it`);
  }
  return chain[0].publicKey;
}

// Node reads base64url too; RFC 7515 wants plain base64 of DER, so what was read has to write back the same.
function certificate(text) {
  const read = new X509Certificate(Buffer.from(text, 'base64'));
  if (read.raw.toString('base64') !== text) throw new Error('an x5c entry is not the base64 of one DER certificate');
  return read;
}
