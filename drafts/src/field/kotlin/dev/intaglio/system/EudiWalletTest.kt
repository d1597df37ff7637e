package dev.intaglio.system

import com.nimbusds.jose.JWSAlgorithm
import com.nimbusds.jose.jwk.Curve
import com.nimbusds.jose.jwk.ECKey
import com.nimbusds.jose.jwk.gen.ECKeyGenerator
import dev.intaglio.credential.Verification
import dev.intaglio.credential.sdjwtvc.SdJwtVcVerifier
import dev.intaglio.keys.Pem
import dev.intaglio.keys.TrustAnchors
import dev.intaglio.protocol.http.JdkTransport
import dev.intaglio.protocol.http.Request
import dev.intaglio.protocol.http.Tls
import dev.intaglio.protocol.json.JsonObject
import dev.intaglio.server.IntaglioServer
import dev.intaglio.server.RunningServer
import eu.europa.ec.eudi.openid4vci.AuthorizedRequest
import eu.europa.ec.eudi.openid4vci.Client
import eu.europa.ec.eudi.openid4vci.Credential
import eu.europa.ec.eudi.openid4vci.CredentialIssuanceEvent
import eu.europa.ec.eudi.openid4vci.CredentialResponseEncryptionPolicy
import eu.europa.ec.eudi.openid4vci.IssuanceRequestPayload
import eu.europa.ec.eudi.openid4vci.Issuer
import eu.europa.ec.eudi.openid4vci.JwtBindingKey
import eu.europa.ec.eudi.openid4vci.KeyGenerationConfig
import eu.europa.ec.eudi.openid4vci.OpenId4VCIConfig
import eu.europa.ec.eudi.openid4vci.PopSigner
import eu.europa.ec.eudi.openid4vci.SubmissionOutcome
import io.ktor.client.HttpClient
import io.ktor.client.engine.java.Java
import io.ktor.client.plugins.contentnegotiation.ContentNegotiation
import io.ktor.serialization.kotlinx.json.json
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.CsvSource
import java.net.URI
import java.nio.file.Path
import java.time.Instant
import javax.net.ssl.SSLContext

/** The library of the EU reference wallet (`eudi-lib-jvm-openid4vci-kt`, unmodified), which speaks draft 15, over TLS. */
@DisplayName("The library of the EU reference wallet")
class EudiWalletTest {
    @ParameterizedTest(name = "{0}, DPoP: {1}, response encrypted: {2}")
    @CsvSource(
        "eu.europa.ec.eudi.pid_vc_sd_jwt, true, false",
        "eu.europa.ec.eudi.pid_vc_sd_jwt, false, true",
        "org.iso.18013.5.1.mDL, true, true",
    )
    @DisplayName("receives a credential by transaction code and confirms it")
    fun receives(configuration: String, dpop: Boolean, encrypted: Boolean) = runBlocking {
        val offer = offer(configuration)
        val issuer = issuer(offer, dpop, encrypted)
        val authorized = issuer.authorizeWithPreAuthorizationCode(offer.string("tx_code")).getOrThrow()

        val (later, received) = issuer.ask(authorized, listOf(key()))

        assertThat(received.credentials).hasSize(1)
        if (configuration.contains("sd_jwt")) {
            verify(received.credentials.first().credential)
        }
        val event = CredentialIssuanceEvent.Accepted(checkNotNull(received.notificationId), "kept")
        with(issuer) { assertThat(later.notify(event).isSuccess).isTrue() }
        Unit
    }

    @Test
    @DisplayName("receives three copies, each bound to a key of its own")
    fun copies() = runBlocking {
        val offer = offer("eu.europa.ec.eudi.pid_vc_sd_jwt")
        val issuer = issuer(offer, dpop = true, encrypted = false)
        val authorized = issuer.authorizeWithPreAuthorizationCode(offer.string("tx_code")).getOrThrow()

        val (_, received) = issuer.ask(authorized, List(3) { key() })

        val keys = received.credentials.map { verify(it.credential).claims().`object`("cnf").text() }
        assertThat(keys).hasSize(3).doesNotHaveDuplicates()
        Unit
    }

    private suspend fun Issuer.ask(authorized: AuthorizedRequest, keys: List<ECKey>): Pair<AuthorizedRequest, SubmissionOutcome.Success> {
        val request = IssuanceRequestPayload.ConfigurationBased(credentialOffer.credentialConfigurationIdentifiers.first())
        val (later, outcome) = authorized.request(request, keys.map { signer(it) }).getOrThrow()
        return when (outcome) {
            is SubmissionOutcome.Success -> later to outcome
            is SubmissionOutcome.Deferred -> throw AssertionError("expected a credential, got a transaction")
            is SubmissionOutcome.Failed -> throw AssertionError("refused", outcome.error)
        }
    }

    private suspend fun issuer(offer: JsonObject, dpop: Boolean, encrypted: Boolean): Issuer {
        val config = OpenId4VCIConfig(
            client = Client.Public("wallet-of-the-union"),
            authFlowRedirectionURI = URI("urn:ietf:wg:oauth:2.0:oob"),
            keyGenerationConfig = KeyGenerationConfig.ecOnly(Curve.P_256),
            credentialResponseEncryptionPolicy =
                if (encrypted) CredentialResponseEncryptionPolicy.REQUIRED else CredentialResponseEncryptionPolicy.SUPPORTED,
            dPoPSigner = if (dpop) signer(key()) else null,
        )
        return Issuer.make(config, offer.`object`("dialects").string("draft-15"), ::client).getOrThrow()
    }

    private fun client() = HttpClient(Java) {
        install(ContentNegotiation) { json(Json { ignoreUnknownKeys = true }) }
        engine { config { sslContext(trusted) } }
    }

    private fun verify(credential: Credential): Verification.Verified {
        val verified = SdJwtVcVerifier().verify(credential.toString(), TrustAnchors.pem(data.resolve("trust-anchor.pem")), Instant.now())
        assertThat(verified).isInstanceOf(Verification.Verified::class.java)
        return verified as Verification.Verified
    }

    private fun key(): ECKey = ECKeyGenerator(Curve.P_256).generate()

    private fun signer(key: ECKey): PopSigner.Jwt =
        PopSigner.jwtPopSigner(key, JWSAlgorithm.ES256, JwtBindingKey.Jwk(key.toPublicJWK()))

    private fun offer(configuration: String): JsonObject {
        val wanted = JsonObject.builder()
            .put("subject", "erika")
            .put("configurations", listOf(configuration))
            .put("tx_code", true)
            .build()
        val response = JdkTransport.create(trusted).handle(
            Request.post(server.address().resolve("/admin/offers"), wanted)
                .with("Authorization", "Bearer " + server.adminToken()),
        )
        assertThat(response.status()).isEqualTo(201)
        return response.bodyObject()
    }

    companion object {
        @TempDir
        @JvmStatic
        lateinit var data: Path

        private lateinit var server: RunningServer
        private lateinit var trusted: SSLContext

        @BeforeAll
        @JvmStatic
        fun start() {
            server = IntaglioServer.start(
                mapOf(
                    "server.port" to "0",
                    "intaglio.data-directory" to data.toString(),
                    "intaglio.tls.development" to "true",
                    "intaglio.drafts" to "draft-15",
                ),
            )
            trusted = Tls.trustingOnly(Pem.certificates(data.resolve("tls-ca.pem")))
        }

        @AfterAll
        @JvmStatic
        fun stop() = server.close()
    }
}
