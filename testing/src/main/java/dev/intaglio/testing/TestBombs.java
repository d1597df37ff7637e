package dev.intaglio.testing;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.impl.ConcatKDF;
import com.nimbusds.jose.crypto.impl.ContentCryptoProvider;
import com.nimbusds.jose.crypto.impl.ECDH;
import com.nimbusds.jose.jca.JWEJCAContext;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.intaglio.protocol.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.zip.Deflater;

/// Requests that cost who sends them little, and would cost who reads them carelessly a lot.
public final class TestBombs {
    private TestBombs() {}

    /// An encrypted Credential Request (§10) that inflates to so many MiB: about a thousandth of that on the wire.
    public static byte[] inflating(TestWallet wallet, int mebibytes) {
        try {
            return sealed(wallet, zeros(mebibytes));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A Credential Request with the same key proof so many times.
    public static byte[] proofs(String configurationId, int count, String proof) {
        return JsonObject.builder()
                .put("credential_configuration_id", configurationId)
                .put(
                        "proofs",
                        JsonObject.builder()
                                .put("jwt", Collections.nCopies(count, proof))
                                .build())
                .build()
                .bytes();
    }

    /// A Credential Request with arrays in arrays.
    public static byte[] nested(int depth) {
        return ("{\"credential_configuration_id\":" + "[".repeat(depth) + "]".repeat(depth) + "}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// DEFLATE of so many MiB of zero bytes. Once its window holds nothing but zeros, a compressor that is flushed after
    /// each MiB writes the same bytes again and again.
    private static byte[] zeros(int mebibytes) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        var one = new byte[1024 * 1024];
        var step = new byte[64 * 1024];
        var stream = new ByteArrayOutputStream();
        for (var i = 0; i < 2; i++) {
            deflater.setInput(one);
            var count = deflater.deflate(step, 0, step.length, Deflater.SYNC_FLUSH);
            for (var times = i == 0 ? 1 : mebibytes - 1; times > 0; times--) {
                stream.write(step, 0, count);
            }
        }
        deflater.finish();
        stream.write(step, 0, deflater.deflate(step));
        deflater.end();
        return stream.toByteArray();
    }

    /// As if the content came out of a compressor: the header says `zip`, the bytes go in as they are.
    private static byte[] sealed(TestWallet wallet, byte[] deflated) throws JOSEException {
        var key = TestEncryption.of(wallet.issuerMetadata()).issuerKey().key();
        var ephemeral = new ECKeyGenerator(key.getCurve()).generate();
        var header = JsonObject.builder()
                .put("alg", "ECDH-ES")
                .put("enc", "A128GCM")
                .put("kid", key.getKeyID())
                .put("zip", "DEF")
                .put("epk", JsonObject.of(ephemeral.toPublicJWK().toJSONObject()))
                .build();
        var encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(header.bytes());
        var plain = new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A128GCM).build();
        var shared = ECDH.deriveSharedKey(
                plain,
                ECDH.deriveSharedSecret(key.toECPublicKey(), ephemeral.toECPrivateKey(), null),
                new ConcatKDF("SHA-256"));
        var parts = ContentCryptoProvider.encrypt(
                plain, deflated, encoded.getBytes(StandardCharsets.US_ASCII), shared, null, new JWEJCAContext());
        return (encoded + ".." + parts.getInitializationVector() + "." + parts.getCipherText() + "."
                        + parts.getAuthenticationTag())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
