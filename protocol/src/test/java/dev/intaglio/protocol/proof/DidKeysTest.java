package dev.intaglio.protocol.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import dev.intaglio.protocol.json.JsonException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DIDs that spell out their key")
class DidKeysTest {
    private static final String DID_JWK =
            "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAiLCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9";

    @Nested
    @DisplayName("did:key")
    class DidKey {
        @ParameterizedTest
        @DisplayName("of a point on P-256 or P-384 is decompressed")
        @CsvSource({
            "zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP, P-256, YP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Y, eQP-EAi4vJmkGunpVii8ZPLxsgwtfp9Rd6PClNRGIpk",
            "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169, P-256, fyNYMN0976ci7xqiSdag3buk-ZCwgXU4kz9XNkBlNUI, hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTU",
            "z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9, P-384, lInTxl8fjLKp_UCrxI0WDklahi-7-_6JbtiHjiRvMvhedhKVdHBfi2HCY8t_QJyc, y6N1IC-2mXxHreETBW7K3mBcw0qGr3CWHCs-yl09yCQRLcyfGv7XhqAngHOu51Zv"
        })
        void points(String multikey, String curve, String x, String y) {
            for (var url : new String[] {"did:key:" + multikey, "did:key:" + multikey + "#" + multikey}) {
                var key = DidKeys.resolve(url).toECKey();
                assertThat(key.getCurve().getName()).isEqualTo(curve);
                assertThat(key.getX()).hasToString(x);
                assertThat(key.getY()).hasToString(y);
            }
        }

        @Test
        @DisplayName("of Ed25519 is the key itself")
        void ed25519() {
            var key = DidKeys.resolve("did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
                    .toOctetKeyPair();
            assertThat(key.getCurve().getName()).isEqualTo("Ed25519");
            assertThat(key.getX()).hasToString("sA2Nk45_dz1RVlqtNqYj9TRPf10ZYPnPPo4SYg6igQ8");
        }

        @ParameterizedTest
        @DisplayName("that is cut, mistyped, of another kind, or has another fragment is refused")
        @ValueSource(
                strings = {
                    "did:key:",
                    "did:key:z",
                    "did:key:z6",
                    "did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKV",
                    "did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVPP",
                    "did:key:z0naepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
                    "did:key:z1DnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
                    "did:key:DnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP",
                    "did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP#0",
                    "did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP?x",
                    // a key for key agreement (X25519), one of secp256k1, one of BLS12-381
                    "did:key:z6LSeu9HkTHSfLLeUs2nnzUSNedgDUevfNQgQjQC23ZCit6F",
                    "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
                    "did:key:zUC7K4ndUaGZgV7Cp2yJy6JtMoUHY6u7tkcSYUvPrEidqBmLCTLmi6d5WvwnUqejscAkERJ3bfjEiSYtdPkRSE8kSa11hFBr4sTgnbZ95SJj19PN2jdvJjyzpSZgxkyyxNnBNnY"
                })
        void refused(String url) {
            assertThatThrownBy(() -> DidKeys.resolve(url)).isInstanceOf(JsonException.class);
        }

        @Test
        @DisplayName("with any character changed is another key, or none")
        void changedCharacters() {
            var did = "did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP";
            JWK original = DidKeys.resolve(did);
            for (var i = "did:key:z".length(); i < did.length(); i++) {
                var changed = did.substring(0, i) + (did.charAt(i) == '2' ? '3' : '2') + did.substring(i + 1);
                try {
                    assertThat(DidKeys.resolve(changed)).isNotEqualTo(original);
                } catch (JsonException none) {
                    assertThat(none.getMessage()).contains("did:key");
                }
            }
        }
    }

    @Nested
    @DisplayName("did:jwk")
    class DidJwk {
        @ParameterizedTest
        @DisplayName("is its JWK, with the fragment #0 or without")
        @ValueSource(strings = {"", "#0"})
        void key(String fragment) {
            var key = DidKeys.resolve(DID_JWK + fragment).toECKey();
            assertThat(key.getX()).hasToString("acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0");
            assertThat(key.getY()).hasToString("_KcyLj9vWMptnmKtm46GqDz8wf74I5LKgrl2GzH3nSE");
        }

        @ParameterizedTest
        @DisplayName("that is cut, has another fragment, or holds no public key is refused")
        @ValueSource(
                strings = {
                    "did:jwk:",
                    "did:jwk:e30",
                    "did:jwk:!",
                    "did:jwk:W10",
                    "did:jwk:eyJrdHkiOiJvY3QiLCJrIjoiQUFBQSJ9"
                })
        void refused(String url) {
            assertThatThrownBy(() -> DidKeys.resolve(url)).isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> DidKeys.resolve(DID_JWK + "#1")).isInstanceOf(JsonException.class);
            assertThatThrownBy(() -> DidKeys.resolve(DID_JWK.substring(0, DID_JWK.length() - 8)))
                    .isInstanceOf(JsonException.class);
        }
    }

    @ParameterizedTest
    @DisplayName("are of no other method, and of bounded length")
    @ValueSource(strings = {"", "did:web:example.com#k", "did:ebsi:x", "key", "DID:JWK:e30", "https://example.com"})
    void otherMethods(String url) {
        assertThatThrownBy(() -> DidKeys.resolve(url)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> DidKeys.resolve("did:key:z" + "2".repeat(300))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> DidKeys.resolve("did:jwk:" + "A".repeat(5000))).isInstanceOf(JsonException.class);
    }
}
