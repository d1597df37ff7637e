package dev.intaglio.testing.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.intaglio.credential.BitstringStatusListEntry;
import dev.intaglio.credential.CredentialDataset;
import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.credential.CredentialFormats;
import dev.intaglio.credential.CredentialStatus;
import dev.intaglio.credential.CredentialVerifiers;
import dev.intaglio.credential.Verification;
import dev.intaglio.credential.Verification.Reason;
import dev.intaglio.credential.Verification.Rejected;
import dev.intaglio.credential.Verification.Verified;
import dev.intaglio.issuer.spi.CredentialDatasets.Lookup;
import dev.intaglio.issuer.status.CredentialStatuses;
import dev.intaglio.issuer.status.CredentialStatuses.Order;
import dev.intaglio.issuer.status.StatusSettings;
import dev.intaglio.issuer.store.CredentialState;
import dev.intaglio.issuer.store.StatusOperation.Phase;
import dev.intaglio.issuer.store.StatusSelector;
import dev.intaglio.issuer.store.StatusVerb;
import dev.intaglio.keys.KeyRing;
import dev.intaglio.keys.TrustAnchors;
import dev.intaglio.protocol.http.Request;
import dev.intaglio.protocol.http.Response;
import dev.intaglio.protocol.jose.SignedJwt;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.requirements.Requirement;
import dev.intaglio.statuslist.Standing;
import dev.intaglio.statuslist.StatusListException.Problem;
import dev.intaglio.statuslist.StatusListToken;
import dev.intaglio.statuslist.StatusReader;
import dev.intaglio.testing.TestIssuer;
import dev.intaglio.wallet.Outcome;
import dev.intaglio.wallet.ReceivedCredential;
import dev.intaglio.wallet.Wallet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The status of a credential")
class StatusFlowTest {
    private final TestIssuer issuer = TestIssuer.create();
    private final CredentialStatuses statuses = issuer.credentialIssuer().statuses();
    private final StatusReader reader = reader(issuer.anchors());

    private StatusReader reader(TrustAnchors anchors) {
        return new StatusReader(issuer.handler(), anchors, CredentialVerifiers.onClassPath(), issuer.clock());
    }

    private Verified receive(String configuration) {
        return receive(issuer, configuration, 1).getFirst().verified();
    }

    private static List<ReceivedCredential> receive(TestIssuer from, String configuration, int copies) {
        var wallet = Wallet.builder(from.handler(), from.anchors())
                .clock(from.clock())
                .copies(copies)
                .build();
        var outcome = wallet.receive(wallet.resolve(from.offer(configuration).linkByValue()), Optional.empty());
        assertThat(outcome).isInstanceOf(Outcome.Received.class);
        return ((Outcome.Received) outcome).credentials();
    }

    private Response get(URI uri, String... header) {
        var request = Request.get(uri);
        for (var i = 0; i < header.length; i += 2) {
            request = request.with(header[i], header[i + 1]);
        }
        return issuer.handler().handle(request);
    }

    private static StatusSelector place(CredentialStatus status) {
        return StatusSelector.read(JsonObject.builder()
                .put("list", status.uri().toString())
                .put("index", status.index())
                .build());
    }

    private void change(StatusVerb verb, CredentialStatus status) {
        statuses.change(Order.of(verb, place(status), "a reason", "a test"));
        reader.forget();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TestIssuer.PID,
                TestIssuer.PID_MDOC,
                TestIssuer.DIPLOMA,
                "diploma_jwt_vc_json",
                "diploma_jwt_vc_json-ld",
                "diploma_vc_jwt",
                "diploma_vc_sd_jwt",
                "diploma_ldp_vc"
            })
    @Requirement({"HAIP-CI-12", "HAIP-CI-16", "CI-STAT-5", "W-SEC-6"})
    @DisplayName("can be read in every format, and follows what its issuer does")
    void everyFormat(String configuration) {
        var credential = receive(configuration);
        var status = credential.status().orElseThrow();
        assertThat(reader.read(credential)).isEqualTo(new Standing.Valid());
        change(StatusVerb.SUSPEND, status);
        assertThat(reader.read(credential)).isEqualTo(new Standing.Suspended());
        change(StatusVerb.REINSTATE, status);
        assertThat(reader.read(credential)).isEqualTo(new Standing.Valid());
        change(StatusVerb.REVOKE, status);
        assertThat(reader.read(credential)).isEqualTo(new Standing.Revoked());
        change(StatusVerb.REINSTATE, status);
        assertThat(reader.read(credential)).as("revocation is for good").isEqualTo(new Standing.Revoked());
    }

    @ParameterizedTest
    @ValueSource(strings = {TestIssuer.PID, TestIssuer.PID_MDOC, "diploma_vc_jwt"})
    @Requirement("W-SEC-6")
    @DisplayName("is asked for by the verifiers of credentials where they are told to, and is a reason to reject one")
    void asked(String configuration) {
        var received = receive(issuer, configuration, 1).getFirst();
        var status = received.verified().status().orElseThrow();
        var offline = CredentialVerifiers.onClassPath();
        var asking = offline.asking(reader::ask);
        assertThat(verify(asking, received)).isInstanceOf(Verified.class);
        change(StatusVerb.SUSPEND, status);
        assertThat(reason(verify(asking, received))).isEqualTo(Reason.SUSPENDED);
        change(StatusVerb.REVOKE, status);
        assertThat(reason(verify(asking, received))).isEqualTo(Reason.REVOKED);
        var cut = new StatusReader(
                request -> {
                    throw new UncheckedIOException(new IOException("no network"));
                },
                issuer.anchors(),
                offline,
                issuer.clock());
        assertThat(reason(verify(offline.asking(cut::ask), received))).isEqualTo(Reason.STATUS_UNAVAILABLE);
        assertThat(verify(offline, received)).as("nobody asks").isInstanceOf(Verified.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {TestIssuer.PID, TestIssuer.PID_MDOC})
    @Requirement({"CI-STAT-6", "W-SEC-6"})
    @DisplayName("brings no credential back that is past its own end, whatever the list says")
    void pastItsEnd(String configuration) {
        var received = receive(issuer, configuration, 1).getFirst();
        var status = received.verified().status().orElseThrow();
        var asking = CredentialVerifiers.onClassPath().asking(reader::ask);
        issuer.clock().set(received.verified().expires().orElseThrow().minusSeconds(1));
        statuses.catchUp();
        assertThat(verify(asking, received)).isInstanceOf(Verified.class);
        issuer.clock().advance(Duration.ofMinutes(10)); // more than clocks may be apart
        change(StatusVerb.SUSPEND, status);
        change(StatusVerb.REINSTATE, status);
        assertThat(reader.read(received.verified())).as("the list").isEqualTo(new Standing.Valid());
        assertThat(reason(verify(asking, received))).isEqualTo(Reason.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {TestIssuer.PID, "diploma_vc_jwt"})
    @Requirement("CI-STAT-1")
    @DisplayName("that was ended before its time reads as invalid, once and for good")
    void ended(String configuration) {
        var credential = receive(configuration);
        var status = credential.status().orElseThrow();
        var order = Order.of(StatusVerb.EXPIRE, place(status), "gave up the membership", "registry");
        assertThat(statuses.change(order).changed()).isOne();
        assertThat(statuses.change(order).changed()).as("again").isZero();
        assertThat(reader.read(credential)).isEqualTo(new Standing.Revoked());
        change(StatusVerb.REINSTATE, status);
        assertThat(reader.read(credential)).isEqualTo(new Standing.Revoked());
        assertThat(statuses.issued(place(status), 1).getFirst().state()).isEqualTo(CredentialState.EXPIRED);
        assertThat(statuses.operations(9)).anySatisfy(operation -> {
            assertThat(operation.verb()).isEqualTo(StatusVerb.EXPIRE);
            assertThat(operation.reason()).isEqualTo("gave up the membership");
            assertThat(operation.actor()).isEqualTo("registry");
            assertThat(operation.requestedAt()).isEqualTo(TestIssuer.NOW);
        });
    }

    private Verification verify(CredentialVerifiers verifiers, ReceivedCredential received) {
        return verifiers.verify(
                received.value(), issuer.anchors(), issuer.clock().instant());
    }

    private static Reason reason(Verification verification) {
        return ((Rejected) verification).reason();
    }

    @Test
    @DisplayName("stands in Token Status Lists for SD-JWT VC and mdoc, in Bitstring Status Lists for W3C credentials")
    void places() {
        assertThat(receive(TestIssuer.PID).status().orElseThrow().entries()).isEmpty();
        assertThat(receive(TestIssuer.PID_MDOC).status().orElseThrow().entries())
                .isEmpty();
        var w3c = receive("diploma_vc_jwt").status().orElseThrow();
        assertThat(w3c.statusList()).isEmpty();
        assertThat(w3c.entries())
                .extracting(BitstringStatusListEntry::purpose)
                .containsExactly("revocation", "suspension");
    }

    @Test
    @Requirement({"CI-STAT-4", "HAIP-CI-14"})
    @DisplayName("has an index of its own for each copy of a batch, and for each issuance")
    void ownIndices() {
        var indices = new HashSet<Long>();
        for (var round = 0; round < 5; round++) {
            receive(issuer, TestIssuer.PID, 10)
                    .forEach(copy ->
                            indices.add(copy.verified().status().orElseThrow().index()));
        }
        assertThat(indices).hasSize(50);
    }

    @Test
    @Requirement("CI-CRED-17")
    @DisplayName("stays what it was when its wallet asks for another")
    void anotherOne() {
        var first = receive(TestIssuer.PID);
        receive(TestIssuer.PID);
        reader.forget();
        assertThat(reader.read(first)).isEqualTo(new Standing.Valid());
    }

    @Test
    @DisplayName("stands in what the issuer remembers of an issuance, with whose key signed and nothing of the claims")
    void remembered() {
        var status = receive(TestIssuer.PID).status().orElseThrow();
        var record = issuer.stores().issued().getFirst();
        assertThat(status.uri().toString())
                .endsWith("/" + record.status().orElseThrow().listId());
        assertThat(record.status().orElseThrow().indices()).containsExactly((int) status.index());
        assertThat(record.signed()).isPresent();

        var found = statuses.issued(StatusSelector.ofSubject(TestIssuer.ERIKA), 10);
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.issuance()).isEqualTo(record);
            assertThat(statuses.issued(StatusSelector.ofCredential(one.id()), 10))
                    .hasSize(1);
        });
    }

    @Nested
    @DisplayName("Token Status List §8 is served")
    class Served {
        private final URI list = receive(TestIssuer.PID).status().orElseThrow().uri();

        @Test
        @Requirement({"CI-STAT-1", "CI-STAT-2", "HAIP-CI-13"})
        @DisplayName("as JWT, about its own address, signed under a certificate")
        void jwt() {
            var answer = get(list);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).contains("application/statuslist+jwt");
            var jwt = SignedJwt.parse(answer.bodyText());
            assertThat(jwt.type()).contains("statuslist+jwt");
            assertThat(jwt.headerChain().orElseThrow()).hasSize(1);
            assertThat(jwt.claims().string("sub")).isEqualTo(list.toString());
            assertThat(jwt.claims().integer("ttl")).isEqualTo(300);
            assertThat(jwt.claims().integer("exp")).isEqualTo(jwt.claims().integer("iat") + 86_400);
            var token = StatusListToken.verifyJwt(answer.bodyText(), list, issuer.anchors(), TestIssuer.NOW);
            assertThat(token.list().size()).isEqualTo(1_048_576);
        }

        @Test
        @Requirement("CI-STAT-2")
        @DisplayName("as CWT to whoever would rather have it, in the same state")
        void cwt() {
            var answer = get(list, "Accept", "application/statuslist+cwt, application/statuslist+jwt;q=0.5");
            assertThat(answer.header("Content-Type")).contains("application/statuslist+cwt");
            var cwt = StatusListToken.verifyCwt(answer.body(), list, issuer.anchors(), TestIssuer.NOW);
            assertThat(cwt)
                    .isEqualTo(StatusListToken.verifyJwt(get(list).bodyText(), list, issuer.anchors(), TestIssuer.NOW));
            assertThat(get(list, "Accept", "text/html, */*").header("Content-Type"))
                    .contains("application/statuslist+jwt");
        }

        @Test
        @Requirement("CI-STAT-2")
        @DisplayName("with a strong ETag, to be kept as long as ttl says, and not sent again unchanged")
        void caching() {
            var answer = get(list);
            assertThat(answer.header("Cache-Control")).contains("public, max-age=300");
            assertThat(answer.header("Vary")).contains("Accept, Accept-Encoding");
            var tag = answer.header("ETag").orElseThrow();
            assertThat(tag).startsWith("\"");
            var again = get(list, "If-None-Match", "\"other\", " + tag);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.header("ETag")).contains(tag);

            receive(TestIssuer.PID);
            assertThat(get(list, "If-None-Match", tag).status())
                    .as("an issuance changes nothing")
                    .isEqualTo(304);
            statuses.change(
                    Order.of(StatusVerb.REVOKE, StatusSelector.ofSubject(TestIssuer.ERIKA), "a reason", "a test"));
            assertThat(get(list, "If-None-Match", tag).status()).isEqualTo(200);
        }

        @Test
        @Requirement("CI-STAT-2")
        @DisplayName("compressed, where the client can and it helps")
        void compressed() throws IOException {
            var wanted = get(list, "Accept-Encoding", "br, gzip;q=0.8");
            assertThat(wanted.header("Content-Encoding")).contains("gzip");
            assertThat(wanted.header("ETag")).isNotEqualTo(get(list).header("ETag"));
            try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(wanted.body()))) {
                assertThat(unzipped.readAllBytes()).isEqualTo(get(list).body());
            }
            assertThat(get(list, "Accept-Encoding", "gzip;q=0").header("Content-Encoding"))
                    .isEmpty();
        }

        @Test
        @DisplayName("and named, with all others, by the aggregation")
        void aggregation() {
            var address = SignedJwt.parse(get(list).bodyText())
                    .claims()
                    .object("status_list")
                    .string("aggregation_uri");
            var answer = get(URI.create(address));
            assertThat(answer.header("Content-Type")).contains("application/json");
            assertThat(answer.bodyObject().strings("status_lists")).containsExactly(list.toString());
        }

        @Test
        @DisplayName("under known addresses only")
        void unknown() {
            for (var path : List.of("/statuslists/none", "/status-credentials/none", "/status-credentials/no-ne")) {
                assertThat(get(issuer.identifier().resolve(path)).status())
                        .as(path)
                        .isEqualTo(404);
            }
        }

        @Test
        @DisplayName("not as it was, unless the issuer keeps that")
        void noHistory() {
            assertThat(get(URI.create(list + "?time=1")).status()).isEqualTo(501);
        }

        @Test
        @DisplayName("anew when half of its validity is over")
        void refreshed() {
            var tag = get(list).header("ETag");
            issuer.clock().advance(Duration.ofHours(11));
            statuses.catchUp();
            assertThat(get(list).header("ETag")).isEqualTo(tag);
            issuer.clock().advance(Duration.ofHours(2));
            statuses.catchUp();
            var jwt = SignedJwt.parse(get(list).bodyText());
            assertThat(jwt.claims().integer("iat"))
                    .isEqualTo(issuer.clock().instant().getEpochSecond());
        }
    }

    @Test
    @DisplayName("of an earlier moment can be asked for where the issuer keeps history")
    void history() {
        var keeping = TestIssuer.builder()
                .credentialIssuerOptions(options -> options.statuses(
                        issuer.stores().statusLists(),
                        issuer.stores().statusOperations(),
                        StatusSettings.DEFAULT.withHistory(Duration.ofDays(30))))
                .build();
        var credential = receive(keeping, TestIssuer.PID, 1).getFirst().verified();
        var status = credential.status().orElseThrow();
        var before = keeping.clock().instant();
        keeping.clock().advance(Duration.ofHours(1));
        keeping.credentialIssuer().statuses().change(Order.of(StatusVerb.REVOKE, place(status), "a reason", "a test"));

        var then = keeping.handler().handle(Request.get(URI.create(status.uri() + "?time=" + before.getEpochSecond())));
        assertThat(then.status()).isEqualTo(200);
        var token = StatusListToken.verifyJwt(then.bodyText(), status.uri(), keeping.anchors(), before);
        assertThat(token.list().status(status.index())).isZero();
        var now = keeping.handler().handle(Request.get(status.uri()));
        assertThat(StatusListToken.verifyJwt(
                                now.bodyText(),
                                status.uri(),
                                keeping.anchors(),
                                keeping.clock().instant())
                        .list()
                        .status(status.index()))
                .isOne();
        assertThat(keeping.handler()
                        .handle(Request.get(URI.create(status.uri() + "?time=" + (before.getEpochSecond() - 1))))
                        .status())
                .isEqualTo(404);
        assertThat(keeping.handler()
                        .handle(Request.get(URI.create(status.uri() + "?time=yesterday")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("changes after the undo window, if there is one, and not at all if that was used")
    void undoWindow() {
        var credential = receive(TestIssuer.PID);
        var order = new Order(
                StatusVerb.REVOKE,
                place(credential.status().orElseThrow()),
                "a reason",
                "a test",
                Optional.of(Duration.ofHours(1)));
        var first = statuses.change(order);
        var second = statuses.change(order);
        assertThat(first.phase()).isEqualTo(Phase.STAGED);
        assertThat(first.changed()).isOne();
        assertThat(statuses.undo(first.id())).isTrue();
        statuses.catchUp();
        assertThat(reader.read(credential)).isEqualTo(new Standing.Valid());

        issuer.clock().advance(Duration.ofHours(1));
        statuses.catchUp();
        reader.forget();
        assertThat(reader.read(credential)).isEqualTo(new Standing.Revoked());
        assertThat(statuses.undo(second.id())).isFalse();
        assertThat(statuses.operation(first.id()).orElseThrow().phase()).isEqualTo(Phase.UNDONE);
        assertThat(statuses.operation(second.id()).orElseThrow().phase()).isEqualTo(Phase.APPLIED);
    }

    @Test
    @DisplayName("is counted in a dry run, which changes nothing")
    void dryRun() {
        var credential = receive(TestIssuer.PID);
        var order = Order.of(StatusVerb.REVOKE, StatusSelector.ofSubject(TestIssuer.ERIKA), "a reason", "a test");
        assertThat(statuses.count(order)).matches(counted -> counted.matched() == 1 && counted.changed() == 1);
        assertThat(reader.read(credential)).isEqualTo(new Standing.Valid());
        assertThat(statuses.operations(10)).isEmpty();
    }

    @Test
    @DisplayName("is changed on one node and read on another")
    void twoNodes() {
        var credential = receive(TestIssuer.PID);
        var other = new CredentialStatuses(
                TestIssuer.IDENTIFIER,
                issuer.credentialIssuer().definitions(),
                CredentialFormats.onClassPath(new SecureRandom()),
                issuer.stores().statusLists(),
                issuer.stores().statusOperations(),
                StatusSettings.DEFAULT,
                KeyRing.of(issuer.certificationAuthority()
                        .issue("Another node", TestIssuer.IDENTIFIER, JWSAlgorithm.ES256)),
                issuer.clock(),
                new SecureRandom());
        other.change(Order.of(StatusVerb.REVOKE, place(credential.status().orElseThrow()), "a reason", "a test"));
        assertThat(reader.read(credential)).isEqualTo(new Standing.Valid());
        statuses.catchUp();
        reader.forget();
        assertThat(reader.read(credential)).isEqualTo(new Standing.Revoked());
    }

    @Nested
    @DisplayName("is not known")
    class Unknown {
        private final Verified credential = receive(TestIssuer.PID);

        private void assertUnavailable(StatusReader other, Problem problem) {
            assertThat(other.read(credential))
                    .isInstanceOfSatisfying(
                            Standing.Unavailable.class,
                            unavailable -> assertThat(unavailable.problem()).isEqualTo(problem));
        }

        @Test
        @Requirement("W-SEC-6")
        @DisplayName("where the list cannot be had, or is signed by a stranger, or has expired")
        void unavailable() {
            assertUnavailable(reader(TrustAnchors.none()), Problem.STATUS_VERIFICATION_ERROR);
            assertUnavailable(
                    new StatusReader(
                            request -> Response.status(404),
                            issuer.anchors(),
                            CredentialVerifiers.onClassPath(),
                            issuer.clock()),
                    Problem.STATUS_RETRIEVAL_ERROR);
            assertUnavailable(
                    new StatusReader(
                            request -> {
                                throw new UncheckedIOException(new IOException("no way"));
                            },
                            issuer.anchors(),
                            CredentialVerifiers.onClassPath(),
                            issuer.clock()),
                    Problem.STATUS_RETRIEVAL_ERROR);
            issuer.clock().advance(Duration.ofDays(2));
            assertUnavailable(reader(issuer.anchors()), Problem.STATUS_VERIFICATION_ERROR);
        }

        @Test
        @DisplayName("to one who asks again too early: a copy is used as long as ttl says")
        void kept() {
            assertThat(reader.read(credential)).isEqualTo(new Standing.Valid());
            statuses.change(
                    Order.of(StatusVerb.REVOKE, place(credential.status().orElseThrow()), "a reason", "a test"));
            issuer.clock().advance(Duration.ofSeconds(299));
            assertThat(reader.read(credential)).isEqualTo(new Standing.Valid());
            issuer.clock().advance(Duration.ofSeconds(1));
            assertThat(reader.read(credential)).isEqualTo(new Standing.Revoked());
        }
    }

    @Test
    @DisplayName("is where the definition says, and nowhere if it says nothing")
    void definitions() {
        var text = """
                id: badge
                display: [{locale: en, name: Badge}]
                claims: [{path: [given_name]}]
                formats:
                  dc+sd-jwt: {vct: "urn:example:badge"}
                  vc+jwt:
                    credential_definition:
                      "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/undefined-terms/v2"]
                      type: [VerifiableCredential, Badge]
                """;
        assertThat(status(text, "badge_vc_jwt")).isEmpty();
        assertThat(status(text + "status: true\n", "badge_dc_sd_jwt")).isPresent();
        assertThat(status(text + "status: {purposes: [revocation, suspension, message]}\n", "badge_vc_jwt")
                        .orElseThrow()
                        .entries())
                .extracting(BitstringStatusListEntry::statusSize)
                .containsExactly(1, 1, 2);
        var both = status(
                        text
                                + "status: {mechanisms: [token-status-list, bitstring-status-list], purposes: [revocation]}\n",
                        "badge_vc_jwt")
                .orElseThrow();
        assertThat(both.statusList()).isPresent();
        assertThat(both.entries()).hasSize(1);
        assertThatThrownBy(() -> status(text + "status: {mechanisms: [bitstring-status-list]}\n", "badge_dc_sd_jwt"))
                .hasMessageContaining("dc+sd-jwt can do none of the status mechanisms");
    }

    private static Optional<CredentialStatus> status(String definition, String configuration) {
        var made = TestIssuer.builder()
                .definitions(List.of(CredentialDefinition.read(definition, "badge.yaml")))
                .datasets(entitlement -> Lookup.ready(new CredentialDataset(
                        JsonObject.builder().put("given_name", "Erika").build())))
                .build();
        return receive(made, configuration, 1).getFirst().verified().status();
    }

    @Test
    @DisplayName("of many can be changed at once: all that one subject has")
    void many() {
        var copies = receive(issuer, TestIssuer.PID, 10);
        var others = receive(issuer, TestIssuer.DIPLOMA, 3);
        var done = statuses.change(Order.of(
                StatusVerb.REVOKE,
                StatusSelector.read(JsonObject.builder()
                        .put("subject", TestIssuer.ERIKA)
                        .put("configurations", statuses.configurations("pid"))
                        .build()),
                "a reason",
                "a test"));
        assertThat(done.changed()).isEqualTo(10);
        assertThat(copies)
                .allSatisfy(copy -> assertThat(reader.read(copy.verified())).isEqualTo(new Standing.Revoked()));
        assertThat(others)
                .allSatisfy(copy -> assertThat(reader.read(copy.verified())).isEqualTo(new Standing.Valid()));
    }
}
