package dev.intaglio.testing.flow;

import static dev.intaglio.testing.flow.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.intaglio.issuer.offer.CreatedOffer;
import dev.intaglio.issuer.offer.OfferRequest;
import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.protocol.offer.TxCode;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.testing.TestWallet;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("§4.1 Credential Offer")
class CredentialOfferFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final TestWallet wallet = issuer.wallet();

    @Nested
    @DisplayName("§4.1 the link")
    class Link {
        @Test
        @Requirement({"CI-OFFER-1", "CI-OFFER-18"})
        @DisplayName("carries the offer or says where it is, never both, and opens any wallet")
        void oneOfTwoParameters() {
            var created = issuer.offer(TestIssuer.DIPLOMA);
            assertThat(created.linkByValue()).startsWith("openid-credential-offer://?");
            assertThat(created.linkByReference()).startsWith("openid-credential-offer://?");
            var byValue = query(created.linkByValue());
            assertThat(byValue.value("credential_offer")).isPresent();
            assertThat(byValue.value("credential_offer_uri")).isEmpty();
            var byReference = query(created.linkByReference());
            assertThat(byReference.value("credential_offer")).isEmpty();
            assertThat(byReference.value("credential_offer_uri"))
                    .contains(created.reference().toString());
        }

        @Test
        @Requirement("CI-OFFER-2")
        @DisplayName("leads to the same offer either way, by reference over https")
        void sameOffer() {
            var created = issuer.offer(TestIssuer.DIPLOMA, TestIssuer.PID);
            assertThat(created.reference().getScheme()).isEqualTo("https");
            assertThat(wallet.offer(created.linkByValue())).isEqualTo(created.offer());
            assertThat(wallet.offer(created.linkByReference())).isEqualTo(created.offer());
        }

        private static Form query(String link) {
            return Form.read(link.substring(link.indexOf('?') + 1));
        }
    }

    @Nested
    @DisplayName("§4.1.1 the offer")
    class Parameters {
        @Test
        @Requirement({"CI-OFFER-3", "CI-OFFER-4", "CI-OFFER-5", "CI-OFFER-8"})
        @DisplayName("names its issuer, the configurations and the pre-authorized code")
        void members() {
            var offer = fetched(issuer.offer(TestIssuer.DIPLOMA, TestIssuer.PID));
            assertThat(offer.members()).containsOnlyKeys("credential_issuer", "credential_configuration_ids", "grants");
            assertThat(offer.string("credential_issuer")).isEqualTo("https://issuer.example");
            assertThat(offer.strings("credential_configuration_ids"))
                    .containsExactly(TestIssuer.DIPLOMA, TestIssuer.PID);
            assertThat(grant(offer).string("pre-authorized_code")).isNotEmpty();
        }

        @Test
        @Requirement("CI-OFFER-4")
        @DisplayName("is not made for no configuration, one twice, or one that the metadata does not announce")
        void configurationsAreKnownAndDistinct() {
            assertThatThrownBy(() -> issuer.offer()).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> issuer.offer(TestIssuer.PID, TestIssuer.PID))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> issuer.offer(TestIssuer.PID, "passport"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("passport");
        }

        @Test
        @Requirement("CI-OFFER-7")
        @DisplayName("does not name an authorization server where there is only one")
        void noAuthorizationServer() {
            assertThat(grant(fetched(issuer.offer(TestIssuer.PID))).has("authorization_server"))
                    .isFalse();
            var elsewhere = TestIssuer.builder()
                    .authorizationServer(URI.create("https://login.example"))
                    .build();
            var offer = elsewhere
                    .wallet()
                    .get(elsewhere.offer(TestIssuer.PID).reference())
                    .bodyObject();
            assertThat(grant(offer).has("authorization_server")).isFalse();
        }

        @Test
        @Requirement({"CI-OFFER-10", "CI-OFFER-11"})
        @DisplayName("has tx_code exactly if a Transaction Code is due, with what helps to type it")
        void txCode() {
            assertThat(grant(fetched(issuer.offer(TestIssuer.PID))).has("tx_code"))
                    .isFalse();
            var created = issuer.offer(TxCode.numeric(8, "In the letter we sent you"), TestIssuer.PID);
            var txCode = grant(fetched(created)).object("tx_code");
            assertThat(txCode.string("input_mode")).isEqualTo("numeric");
            assertThat(txCode.integer("length")).isEqualTo(8);
            assertThat(txCode.string("description")).isEqualTo("In the letter we sent you");
            assertThat(created.txCode().orElseThrow()).matches("[0-9]{8}");
        }

        @Test
        @Requirement("CI-OFFER-11")
        @DisplayName("may ask for letters, and then the Transaction Code has letters that are not taken for each other")
        void textTxCode() {
            var created = issuer.offer(
                    new TxCode(TxCode.InputMode.TEXT, OptionalInt.of(12), Optional.empty()), TestIssuer.PID);
            assertThat(grant(fetched(created)).object("tx_code").string("input_mode"))
                    .isEqualTo("text");
            assertThat(created.txCode().orElseThrow()).matches("[A-HJ-NP-Z2-9]{12}");
        }

        @Test
        @Requirement("CI-OFFER-12")
        @DisplayName("describes the Transaction Code in at most 300 characters")
        void longDescription() {
            assertThat(TxCode.numeric(4, "x".repeat(300)).description()).isPresent();
            assertThatThrownBy(() -> TxCode.numeric(4, "x".repeat(301))).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @Requirement({"CI-OFFER-13", "CI-OFFER-20"})
        @DisplayName("says nothing about the person, and does not hold the Transaction Code")
        void nothingPrivate() {
            var created = issuer.offer(TxCode.numeric(12, "In the letter we sent you"), TestIssuer.DIPLOMA);
            var text = fetched(created).text();
            assertThat(text)
                    .doesNotContain(
                            TestIssuer.ERIKA, "Mustermann", created.txCode().orElseThrow());
            assertThat(created.linkByValue()).doesNotContain(created.txCode().orElseThrow());
        }
    }

    @Nested
    @DisplayName("§4.1.3 by reference")
    class ByReference {
        @Test
        @Requirement({"CI-OFFER-14", "CI-OFFER-16", "CI-SEC-5"})
        @DisplayName("is plain JSON that nobody caches, whatever form was asked for")
        void plainJson() {
            var created = issuer.offer(TestIssuer.PID);
            for (var accept : List.of("application/json", "application/jwt", "*/*")) {
                var response = wallet.send(Request.get(created.reference()).with("Accept", accept));
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.header("Content-Type")).contains("application/json");
                assertThat(response.header("Cache-Control")).contains("no-store");
                assertThat(response.bodyObject()).isEqualTo(created.offer().write());
            }
        }

        @Test
        @Requirement("CI-OFFER-15")
        @DisplayName("has an address of its own for each offer, which cannot be guessed")
        void ownAddress() {
            var some = issuer.offer(TestIssuer.PID).reference();
            var other = issuer.offer(TestIssuer.PID).reference();
            assertThat(some).isNotEqualTo(other);
            assertThat(some.getPath().substring(some.getPath().lastIndexOf('/') + 1))
                    .hasSize(43);
        }

        @Test
        @DisplayName("can be read again and again until the offer is redeemed, and not afterwards")
        void readableUntilRedeemed() {
            var created = issuer.offer(TestIssuer.PID);
            for (var i = 0; i < 3; i++) {
                assertThat(wallet.get(created.reference()).status()).isEqualTo(200);
            }
            var token = wallet.redeem(created.offer()).token();
            assertRefused(wallet.get(created.reference()), 404, "not_found");
            assertThat(wallet.request(token, TestIssuer.PID).credential()).isNotEmpty();
        }

        @Test
        @DisplayName("is gone when the offer expires, and was never there under another reference")
        void goneWhenExpired() {
            var created = issuer.offer(TestIssuer.PID);
            assertRefused(wallet.get(URI.create(created.reference() + "x")), 404, "not_found");
            issuer.clock().advance(Duration.ofMinutes(30));
            assertRefused(wallet.get(created.reference()), 404, "not_found");
        }

        @Test
        @DisplayName("does not open the page of the offer, nor the page's name the offer")
        void pageIsAnother() {
            var created = issuer.offer(TxCode.numeric(6, "On the next page"), TestIssuer.PID);
            var reference = created.reference()
                    .getPath()
                    .substring(created.reference().getPath().lastIndexOf('/') + 1);
            assertThat(issuer.credentialIssuer().offers().findByPage(reference)).isEmpty();
            assertRefused(wallet.get(created.reference().resolve(created.pageId())), 404, "not_found");
            assertThat(issuer.credentialIssuer().offers().findByPage(created.pageId()))
                    .contains(created);
        }
    }

    @Nested
    @DisplayName("§3.5, §13.6 the pre-authorized code")
    class Code {
        @Test
        @Requirement({"CI-OFFER-9", "CI-OFFER-19"})
        @DisplayName("is good once")
        void once() {
            var created = issuer.offer(TestIssuer.PID);
            wallet.redeem(created.offer()).token();
            assertRefused(wallet.redeem(created.offer()).send(), 400, "invalid_grant");
        }

        @Test
        @Requirement("CI-OFFER-9")
        @DisplayName("dies with the offer, which lives a week at the longest")
        void shortLived() {
            var created = issuer.offer(TestIssuer.PID);
            issuer.clock().set(created.expiresAt());
            assertRefused(wallet.redeem(created.offer()).send(), 400, "invalid_grant");
            for (var validity : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(8))) {
                assertThatThrownBy(() -> new OfferRequest("erika", List.of(TestIssuer.PID), Optional.empty(), validity))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }

        @Test
        @Requirement("CI-OFFER-9")
        @DisplayName("cannot be guessed, and no two offers have the same")
        void unguessable() {
            var codes = List.of(issuer.offer(TestIssuer.PID), issuer.offer(TestIssuer.PID)).stream()
                    .map(created -> created.offer()
                            .grants()
                            .preAuthorizedCode()
                            .orElseThrow()
                            .code())
                    .toList();
            assertThat(codes).doesNotHaveDuplicates().allMatch(code -> code.length() == 43);
        }
    }

    private JsonObject fetched(CreatedOffer created) {
        return wallet.get(created.reference()).bodyObject();
    }

    private static JsonObject grant(JsonObject offer) {
        return offer.object("grants").object("urn:ietf:params:oauth:grant-type:pre-authorized_code");
    }
}
