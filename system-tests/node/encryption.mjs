// Encrypted Credential Requests and Responses (§10), by jose: the library puts credential_response_encryption into a request
// but neither encrypts nor decrypts, and no published wallet encrypts requests yet. Stands between the library and the network.
import { CompactEncrypt, compactDecrypt, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK } from 'jose';

const ALG = 'ECDH-ES';
const KID = 'wallet-response-key';

export class Encryption {
  static async to(metadata) {
    const { jwks, enc_values_supported: [enc] } = metadata.credential_request_encryption;
    const jwk = jwks.keys.find((key) => key.alg === ALG);
    if (!jwk) throw new Error(`credential_request_encryption has no key for ${ALG}`);
    const own = await generateKeyPair(ALG, { crv: 'P-256' });
    return new Encryption(metadata.credential_endpoint, jwk, enc, own.privateKey, await exportJWK(own.publicKey));
  }

  constructor(endpoint, jwk, enc, privateKey, publicJwk) {
    Object.assign(this, { endpoint, jwk, enc, privateKey, opened: null });
    // The library still wants the alg of draft 15 beside the jwk; 1.0 has it in the jwk.
    this.wanted = { jwk: { ...publicJwk, alg: ALG, use: 'enc', kid: KID }, alg: ALG, enc: 'A256GCM' };
  }

  concerns(url) { return url.href === this.endpoint; }

  async seal(init) {
    const body = await new CompactEncrypt(new TextEncoder().encode(init.body))
      .setProtectedHeader({ alg: ALG, enc: this.enc, kid: this.jwk.kid })
      .encrypt(await importJWK(this.jwk, ALG));
    const headers = new Headers(init.headers);
    headers.set('Content-Type', 'application/jwt');
    return { ...init, headers, body };
  }

  async open(answer) {
    if (!answer.ok) return answer; // errors are never encrypted (§8.3.1.2)
    const message = await answer.text();
    const { alg, enc, kid } = decodeProtectedHeader(message);
    this.opened = { mediaType: answer.headers.get('content-type'), alg, enc, kid };
    const { plaintext } = await compactDecrypt(message, this.privateKey);
    return new Response(plaintext, { status: answer.status, headers: { 'Content-Type': 'application/json' } });
  }
}
