package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.sdjwtvc.SdJwt;
import dev.intaglio.protocol.dpop.DpopProof;
import dev.intaglio.protocol.http.JdkTransport;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.requirements.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoCommandTest {
    @Test
    @DisplayName("--exit --json prints one object: the credential, verified, and what it is bound to")
    void printsJson() {
        var ran = Ran.command("demo", "--exit", "--json");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out().strip().lines()).hasSize(1);
        var json = ran.json();
        var credential = SdJwt.parse(json.string("credential"));
        var holder =
                SignedJwt.publicKey(credential.process().claims().object("cnf").object("jwk"));
        assertThat(json.flag("verified")).isTrue();
        assertThat(json.string("format")).isEqualTo("dc+sd-jwt");
        assertThat(json.string("vct"))
                .isEqualTo("urn:eudi:pid:1")
                .isEqualTo(credential.jwt().claims().string("vct"));
        assertThat(json.string("holder_key_thumbprint")).isEqualTo(DpopProof.thumbprint(holder));
        assertThat(json.string("configuration_id")).isEqualTo("eu.europa.ec.eudi.pid_vc_sd_jwt");
        assertThat(json.string("issuer")).matches("http://127\\.0\\.0\\.1:\\d+");
        assertThat(json.string("token_type")).isEqualTo("DPoP");
        assertThat(json.string("request_id")).matches("[0-9a-f]{16}");
        assertThat(json.object("claims").string("family_name")).isEqualTo("Sandmann");
        assertThat(json.integer("elapsed_ms")).isPositive();
    }

    @Test
    @DisplayName("--batch takes so many copies")
    void batch() {
        var ran = Ran.command("demo", "--exit", "--json", "--batch", "20");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().integer("copies")).isEqualTo(20);
    }

    @Test
    @DisplayName("--exit tells each step, then the claims by their labels in the person's language")
    void tellsSteps() {
        var ran = Ran.in(Path.of("target"))
                .speaking(Locale.GERMANY)
                .run("demo", "--exit", "--bearer", "--by-value", "--configuration", "diploma", "--subject", "amelie");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .containsSubsequence(
                        "throw-away keys",
                        "openid-credential-offer://?credential_offer=",
                        "transaction code",
                        "/.well-known/openid-credential-issuer",
                        "/token",
                        "Bearer",
                        "/nonce",
                        "/credential",
                        "Familienname",
                        "Dubreuil-Łoś",
                        "urn:intaglio:diploma:1",
                        "CN=Intaglio development CA");
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"plain, none, 'openid-credential-offer:'", "haip, attest_jwt_client_auth, 'haip-vci:'"})
    @Requirement({"HAIP-1", "HAIP-3", "HAIP-4", "HAIP-7", "HAIP-W-1", "HAIP-W-2", "HAIP-W-5"})
    @DisplayName("by authorization code a user signs in and agrees on the issuer's pages")
    void signsIn(String profile, String authentication, String scheme) {
        var arguments = "demo --flow authorization-code --exit --profile " + profile;
        var ran = Ran.command((arguments + " --json").split(" "));

        assertThat(ran.code()).as(ran.err()).isZero();
        var json = ran.json();
        assertThat(json.string("flow")).isEqualTo("authorization-code");
        assertThat(json.string("profile")).isEqualTo(profile);
        assertThat(json.string("client_authentication")).isEqualTo(authentication);
        assertThat(json.string("token_type")).isEqualTo("DPoP");
        assertThat(json.optionalString("tls").isPresent()).isEqualTo(profile.equals("haip"));
        assertThat(json.integer("chain")).isPositive();
        assertThat(json.flag("verified")).isTrue();
        assertThat(json.object("claims").string("family_name")).isEqualTo("Sandmann");

        assertThat(Ran.command(arguments.split(" ")).out())
                .containsSubsequence(
                        scheme,
                        "PAR",
                        "sign-in page",
                        "consent page",
                        "/callback with a code",
                        "the browser's code for an access token (DPoP)",
                        "DPoP nonce",
                        "/credential",
                        "Sandmann");
    }

    @Test
    @DisplayName("--tls goes over https, to a server that the wallet alone trusts")
    void overTls() {
        var ran = Ran.command("demo", "--tls", "--exit");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("it is up at https://127.0.0.1:")
                .containsPattern(
                        "connection +TLSv1.3, TLS_AES_256_GCM_SHA384, server vouched for by CN=Intaglio development TLS CA");
        assertThat(Ran.command("demo", "--tls", "--exit", "--json").json().string("tls"))
                .isEqualTo("TLSv1.3");
    }

    @Test
    @DisplayName("HAIP has no pre-authorized code here")
    void haipNeedsSignIn() {
        var ran = Ran.command("demo", "--exit", "--profile", "haip");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--flow authorization-code");
    }

    @Test
    @DisplayName(
            "--encrypted encrypts the request and the response; --proof attestation lets the key storage speak for the key")
    void protectedMessages() {
        var ran = Ran.command("demo", "--exit", "--json", "--encrypted", "--proof", "attestation");

        assertThat(ran.code()).as(ran.err()).isZero();
        var json = ran.json();
        assertThat(json.flag("verified")).isTrue();
        assertThat(json.flag("encrypted")).isTrue();
        assertThat(json.string("proof_type")).isEqualTo("attestation");
    }

    @ParameterizedTest
    @CsvSource({"di_vp, dc+sd-jwt", "cwt, mso_mdoc"})
    @DisplayName("--proof has the wallet prove its key in another way than by a JWT")
    void proofs(String type, String format) {
        var ran = Ran.command("demo", "--exit", "--json", "--proof", type, "--format", format);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().flag("verified")).isTrue();
        assertThat(ran.json().string("proof_type")).isEqualTo(type);
    }

    @Test
    @Requirement({"W-DEFER-1", "W-DEFER-2", "W-DEFER-4"})
    @DisplayName("--deferred has the wallet come back, too early and then for an approved credential")
    void deferred() {
        var ran = Ran.command("demo", "--exit", "--json", "--deferred", "--batch", "3");

        assertThat(ran.code()).as(ran.err()).isZero();
        var json = ran.json();
        assertThat(json.flag("verified")).isTrue();
        assertThat(json.flag("deferred")).isTrue();
        assertThat(json.integer("copies")).isEqualTo(3);
    }

    @Test
    @DisplayName("--format issues the same credential in another of its formats, which inspect reads")
    void format() {
        var ran = Ran.command("demo", "--exit", "--json", "--format", "mso_mdoc");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().string("format")).isEqualTo("mso_mdoc");
        assertThat(ran.json().string("type")).isEqualTo("eu.europa.ec.eudi.pid.1");
        assertThat(ran.json().object("claims").object("eu.europa.ec.eudi.pid.1").string("birth_date"))
                .isEqualTo("1986-03-22");
        var inspected = Ran.command("inspect", ran.json().string("credential"));
        assertThat(inspected.code()).isZero();
        assertThat(inspected.out()).contains("mdoc (ISO/IEC 18013-5)", "eu.europa.ec.eudi.pid.1", "Sandmann");
    }

    @Test
    @DisplayName("--format alone issues what there is in that format")
    void formatAlone() {
        var format = "vc+sd-jwt";
        var ran = Ran.command("demo", "--exit", "--json", "--format", format);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.json().string("configuration_id")).startsWith("diploma_");
        assertThat(ran.json().string("format")).isEqualTo(format);
        assertThat(ran.json().flag("verified")).isTrue();
    }

    @Test
    @DisplayName("one type comes in every format there is, one after the other")
    void everyFormat() {
        for (var format : CredentialFormats.onClassPath(new SecureRandom()).identifiers()) {
            var ran = Ran.command("demo", "--exit", "--json", "--configuration", "diploma", "--format", format);

            assertThat(ran.code()).as(format + ran.err()).isZero();
            assertThat(ran.json().string("configuration_id")).startsWith("diploma_");
            assertThat(ran.json().string("format")).isEqualTo(format);
            assertThat(ran.json().flag("verified")).as(format).isTrue();
        }
    }

    @Test
    @DisplayName("a format the credential does not have is refused, naming those it has")
    void namesUnknownFormat() {
        var ran = Ran.command("demo", "--exit", "--configuration", "mdl", "--format", "dc+sd-jwt");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("not in the format dc+sd-jwt").contains("mso_mdoc");
    }

    @Test
    @DisplayName("a credential there is not is named beside those there are")
    void namesUnknownCredential() {
        var ran = Ran.command("demo", "--exit", "--configuration", "crown");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("crown").contains("pid, mdl, diploma, employee");
    }

    @Test
    @DisplayName("a person of whom the issuer knows nothing of the kind ends it with a way on")
    void namesUnknownSubject() {
        var ran = Ran.command("demo", "--exit", "--configuration", "diploma", "--subject", "max", "--json");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.json().string("error")).contains("diploma").contains("max");
        assertThat(ran.json().string("next")).contains("demo --configuration diploma --subject erika");
    }

    @Test
    @DisplayName("without --exit the issuer stays to be looked at, and is gone after Ctrl-C")
    void staysUp() throws Exception {
        var sitting = Ran.in(Path.of("target"));
        try (var demo = new Background(sitting, "demo")) {
            var page = URI.create(demo.await("another offer\\s+(http\\S+)").group(1));
            var metadata =
                    URI.create(demo.await("issuer metadata\\s+(http\\S+)").group(1));
            var server =
                    URI.create(demo.await("authorization server\\s+(http\\S+)").group(1));
            var token = Path.of(demo.await("admin token\\s+in (\\S+)").group(1));

            var transport = JdkTransport.create();
            for (var address : List.of(page, page.resolve("/"), metadata, server)) {
                assertThat(transport.handle(Request.get(address)).status())
                        .as("%s", address)
                        .isEqualTo(200);
            }
            assertThat(token).exists();

            assertThat(demo.stop().code()).isZero();
            assertThat(token.getParent()).doesNotExist();
        }
    }

    @AfterEach
    void leavesNothingBehind() throws IOException {
        try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            var mine = left.filter(path -> path.getFileName()
                    .toString()
                    .startsWith("intaglio-demo-" + ProcessHandle.current().pid()));
            assertThat(mine).isEmpty();
        }
    }
}
