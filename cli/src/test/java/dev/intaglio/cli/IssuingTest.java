package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.keys.Pem;
import dev.intaglio.keys.development.DevelopmentCa;
import dev.intaglio.requirements.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `serve`, `offer` and `receive` with each other, over HTTP.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuingTest {
    private Path directory = Path.of("target");

    private Background server;
    private String address = "";

    @BeforeAll
    void serve(@TempDir Path temporary) throws InterruptedException {
        directory = temporary;
        server = new Background(Ran.in(directory), "serve", "--port", "0", "--data", "data");
        address = server.await("start page\\s+(http://\\S+)/$").group(1);
    }

    @AfterAll
    void stop() throws Exception {
        assertThat(server.stop().code()).isZero();
    }

    private Ran.Sitting terminal() {
        return Ran.in(directory);
    }

    private Ran offer(String... more) {
        var arguments =
                new ArrayList<>(List.of("offer", "pid", "--subject", "erika", "--server", address, "--data", "data"));
        arguments.addAll(List.of(more));
        return terminal().run(arguments.toArray(String[]::new));
    }

    private Ran receive(Ran offer, String... more) {
        return receive(terminal(), offer, more);
    }

    private static Ran receive(Ran.Sitting terminal, Ran offer, String... more) {
        var arguments = new ArrayList<>(
                List.of("receive", offer.json().string("link_by_reference"), "--trust", "data/trust-anchor.pem"));
        arguments.addAll(List.of(more));
        return terminal.run(arguments.toArray(String[]::new));
    }

    @Nested
    @DisplayName("offer")
    class Offer {
        @Test
        @DisplayName("shows the link as text and as QR code, the page, and the transaction code apart")
        void showsOffer() {
            var ran = offer("employee");

            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .contains(
                            "█▀",
                            "openid-credential-offer://?credential_offer_uri=",
                            address + "/offer/",
                            "in 10 minutes");
            assertThat(ran.out()).containsPattern("transaction code\\s+\\d{6}");
            assertThat(ran.out()).contains("Personal ID, Employee badge");
            assertThat(ran.out())
                    .contains("receive 'openid-credential-offer://")
                    .contains("--trust data/trust-anchor.pem");
        }

        @Test
        @DisplayName("takes configuration ids, another validity, and no transaction code")
        void takesOptions() {
            var ran = terminal()
                    .run(
                            "offer",
                            "diploma_sd_jwt",
                            "--subject",
                            "erika",
                            "--no-tx-code",
                            "--valid-for",
                            "P1D",
                            "--by-value",
                            "--server",
                            address + "/",
                            "--data",
                            "data");

            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out()).contains("openid-credential-offer://?credential_offer=", "in 24 hours", "none");
        }

        @Test
        @DisplayName("for users who sign in needs somebody who asks them, and says so")
        void signIn() {
            var ran = offer("--grant", "authorization_code");

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("users cannot sign in here");
        }

        @Test
        @DisplayName("the token may stand in the environment")
        void readsTokenFromEnvironment() throws IOException {
            var token = Files.readString(directory.resolve("data/admin-token")).strip();
            var ran = terminal()
                    .with("INTAGLIO_ADMIN_TOKEN", token)
                    .run("offer", "pid", "--subject", "erika", "--server", address, "--json");

            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.json().strings("configurations")).containsExactly("eu.europa.ec.eudi.pid_vc_sd_jwt");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                offer crown --subject erika --server $ --data data               | no credential crown      | pid, mdl, diploma, employee
                offer pid --subject erika --server $ --token wrong               | admin token              | --data DIR
                offer pid --subject erika --server $ --data elsewhere            | no admin token in        | --token TOKEN
                offer pid --subject erika --server $ --data data --valid-for P99D | at most 7 days          | offer --help
                offer pid --subject erika --server http://127.0.0.1:1 --token t  | no server answers        | serve
                offer pid --subject erika --server $/nothing --data data         | refuses (404)            | offer --help
                """)
        @DisplayName("what goes wrong is said with what to try")
        void explainsFailures(String line, String message, String next) {
            var ran = terminal().run(line.replace("$", address).split(" "));

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains(message).contains(next);
        }
    }

    @Nested
    @DisplayName("receive")
    class Receive {
        @Test
        @DisplayName("shows who offers what, takes it, and shows and keeps what came")
        void receives() throws IOException {
            var offer = offer("employee", "--json");
            var ran = receive(
                    terminal().speaking(Locale.FRANCE),
                    offer,
                    "--tx-code",
                    offer.json().string("tx_code"),
                    "--copies",
                    "2",
                    "--output",
                    "got.txt");

            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .containsSubsequence(
                            "Offer", address, "Données d'identification personnelle", "Nom de famille", "Sandmann")
                    .containsOnlyOnce("TST0000171")
                    .contains("4 credentials");
            var kept = Files.readAllLines(directory.resolve("got.txt"));
            assertThat(kept).hasSize(4).doesNotHaveDuplicates();
            Files.writeString(directory.resolve("first.txt"), kept.getFirst());
            var inspected = terminal().run("inspect", "@first.txt", "--trust", "data/trust-anchor.pem", "--json");
            assertThat(inspected.code()).isZero();
            assertThat(inspected.json().flag("verified")).isTrue();
        }

        @Test
        @DisplayName("without a trust anchor it takes nothing, says how to give one, and leaves the offer as it was")
        void wantsTrust() {
            var offer = offer("--json");
            var ran = terminal()
                    .run(
                            "receive",
                            offer.json().string("link_by_value"),
                            "--tx-code",
                            offer.json().string("tx_code"));

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).contains("Personal ID");
            assertThat(ran.err()).contains("can be trusted", "--trust", "trust-anchor.pem");
            assertThat(receive(offer, "--tx-code", offer.json().string("tx_code"))
                            .code())
                    .isZero();
        }

        @Test
        @DisplayName("what an issuer makes that nobody trusted vouches for is thrown away")
        void throwsUntrustedAway() throws IOException {
            var other = DevelopmentCa.create("Somebody else", Clock.systemUTC(), new SecureRandom());
            Files.writeString(directory.resolve("other.pem"), Pem.write(List.of(other.anchor())));
            var offer = offer("--json");
            var ran = terminal()
                    .run(
                            "receive",
                            offer.json().string("link_by_value"),
                            "--tx-code",
                            offer.json().string("tx_code"),
                            "--trust",
                            "other.pem",
                            "--json");

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.json().string("error")).contains("thrown away").contains("not among the trust anchors");
            assertThat(ran.json().has("credentials")).isFalse();
        }

        @Test
        @Requirement("W-OFFER-9")
        @DisplayName("asks for the transaction code, and again after a wrong one")
        void asksForTxCode() {
            var offer = offer("--json");
            var code = offer.json().string("tx_code");
            var ran = receive(terminal().answering(wrong(code), code), offer);

            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out())
                    .containsSubsequence(
                            "apart from this offer",
                            "Transaction code (6 digits): ",
                            "did not take the code",
                            "Transaction code",
                            "Sandmann");
        }

        @Test
        @DisplayName("does not ask for ever")
        void stopsAsking() {
            var offer = offer("--json");
            var wrong = wrong(offer.json().string("tx_code"));
            var ran = receive(terminal().answering(wrong, wrong, wrong, wrong), offer);

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("invalid_grant").contains("new offer");
        }

        @Test
        @DisplayName("entering nothing leaves the offer as it was")
        void mayBeGivenUp() {
            var offer = offer("--json");

            assertThat(receive(terminal().answering(""), offer).err()).contains("no transaction code was entered");
            assertThat(receive(offer, "--tx-code", offer.json().string("tx_code"))
                            .code())
                    .isZero();
        }

        @Test
        @DisplayName("where nobody sits it says how to give the transaction code")
        void asksNobody() {
            var ran = receive(offer("--json"));

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("nobody here to ask", "--tx-code CODE");
        }

        @Test
        @DisplayName("an offer can be taken once")
        void takesOnce() {
            var offer = offer("--json", "--no-tx-code");

            assertThat(receive(offer).code()).isZero();
            var again = receive(offer);
            assertThat(again.code()).isEqualTo(1);
            assertThat(again.err()).contains("taken").contains("ask the issuer for a new one");
            var byValue =
                    terminal().run("receive", offer.json().string("link_by_value"), "--trust", "data/trust-anchor.pem");
            assertThat(byValue.code()).isEqualTo(1);
            assertThat(byValue.err()).contains("taken already");
        }

        @Test
        @DisplayName("credentials that cannot be written are at least printed")
        void losesNothing() {
            var offer = offer("--json", "--no-tx-code");
            var ran = receive(offer, "--output", "no/such/directory/file");

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("cannot write").containsPattern("(?m)^eyJ\\S+~$");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                receive rubbish                                                                     | offer link
                receive openid-credential-offer://?credential_offer=%7B%7D                          | credential_issuer
                receive openid-credential-offer://?credential_offer_uri=http://127.0.0.1:1/offers/x | cannot be fetched
                receive openid-credential-offer://?credential_offer_uri=$/offers/unknown            | is not there (404)
                receive openid-credential-offer://?credential_offer_uri=http://shop.example/offer   | https
                receive any --trust none.pem                                                        | no such file
                receive any --trust data/admin-token                                                | holds no certificate
                """)
        @DisplayName("what goes wrong is said with what to try")
        void explainsFailures(String line, String message) {
            var ran = terminal().run(line.replace("$", address).split(" "));

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains(message).containsPattern("(?m)^  ");
        }

        private static String wrong(String code) {
            return (code.charAt(0) == '0' ? '1' : '0') + code.substring(1);
        }
    }

    @Nested
    @DisplayName("serve")
    class Serve {
        @Test
        @DisplayName("a port that is taken is named, with the next one to try")
        void namesTakenPort() {
            var port = address.substring(address.lastIndexOf(':') + 1);
            var ran = terminal().run("serve", "--port", port, "--data", "other");

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("port " + port + " is taken")
                    .contains("--port " + (Integer.parseInt(port) + 1));
        }

        @ParameterizedTest
        @CsvSource({
            "--config, missing.yaml, there is no missing.yaml",
            "--credentials, missing, there is no missing",
            "--claims, missing.json, there is no missing.json",
            "--issuer, http://shop.example, https",
            "--credentials, data, has no definitions"
        })
        @DisplayName("settings that cannot be used are named")
        void namesUnusableSettings(String option, String value, String message) {
            var ran = terminal().run("serve", "--port", "0", "--data", "unusable", option, value);

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains(message);
        }

        @Test
        @DisplayName("--tls serves those who trust the authority that is printed, and they are told who do not")
        void servesTls() throws Exception {
            try (var secured = new Background(terminal(), "serve", "--port", "0", "--data", "secured", "--tls")) {
                var there = secured.await("start page\\s+(https://\\S+)/$").group(1);
                secured.await("TLS authority\\s+secured/tls-ca.pem");
                var asking = List.of(
                        "offer",
                        "pid",
                        "--subject",
                        "erika",
                        "--no-tx-code",
                        "--server",
                        there,
                        "--data",
                        "secured",
                        "--json");

                var stranger = terminal().run(asking.toArray(String[]::new));
                var trusting = new ArrayList<>(asking);
                trusting.addAll(List.of("--tls-ca", "secured/tls-ca.pem"));
                var offer = terminal().run(trusting.toArray(String[]::new));

                assertThat(stranger.code()).isEqualTo(1);
                assertThat(stranger.json().string("error")).contains("no TLS with " + there);
                assertThat(stranger.json().string("next")).contains("--tls-ca FILE");
                assertThat(receive(offer, "--trust", "secured/trust-anchor.pem").code())
                        .isEqualTo(1);
                var received = receive(offer, "--trust", "secured/trust-anchor.pem", "--tls-ca", "secured/tls-ca.pem");
                assertThat(received.out()).as(received.err()).contains("Received and verified: 1 credential");
            }
        }

        @Test
        @DisplayName("a TLS key that does not open is named with its setting, without its password")
        void namesTlsKey() throws IOException {
            DevelopmentCa.create("any", Clock.systemUTC(), new SecureRandom())
                    .save(directory.resolve("tls.p12"), "right".toCharArray());
            Files.writeString(directory.resolve("tls.yaml"), """
                    intaglio.tls:
                      pkcs12: %s
                      password: wrong-one
                    """.formatted(directory.resolve("tls.p12")));

            var ran = terminal().run("serve", "--port", "0", "--data", "unopened", "--config", "tls.yaml");

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("intaglio.tls.pkcs12", "tls.p12", "intaglio.tls.password")
                    .doesNotContain("wrong-one");
        }

        @Test
        @DisplayName("a file gives the settings that have no option, and options go before it")
        void readsConfiguration() throws Exception {
            Files.writeString(directory.resolve("settings.yaml"), """
                    server.port: 1
                    intaglio:
                      data-directory: ${config-directory}/configured
                      display: [{name: Registry of Badges}]
                    """);
            try (var configured = new Background(terminal(), "serve", "--port", "0", "--config", "settings.yaml")) {
                var there = configured.await("start page\\s+(http://\\S+)/$").group(1);
                var offer = terminal()
                        .run(
                                "offer",
                                "pid",
                                "--subject",
                                "erika",
                                "--no-tx-code",
                                "--server",
                                there,
                                "--data",
                                "configured",
                                "--json");
                assertThat(receive(offer, "--trust", "configured/trust-anchor.pem")
                                .out())
                        .contains("Registry of Badges (" + there + ")");
            }
        }
    }
}
