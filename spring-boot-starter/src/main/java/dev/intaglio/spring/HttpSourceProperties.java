package dev.intaglio.spring;

import dev.intaglio.credential.CredentialDefinition;
import dev.intaglio.issuer.source.HttpDatasets;
import dev.intaglio.protocol.http.JdkTransport;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Services that the http sources of credential definitions ask for claims.
///
/// @param httpSources The services, by the name that definitions use: source: {http: NAME}.
@ConfigurationProperties("intaglio")
public record HttpSourceProperties(Map<String, Service> httpSources) {
    public HttpSourceProperties {
        httpSources = orEmpty(httpSources);
    }

    private static Map<String, Service> orEmpty(@Nullable Map<String, Service> bound) {
        return bound == null ? Map.of() : new LinkedHashMap<>(bound);
    }

    /// @param url The address, with {subject} where the subject belongs, and {configuration} for the credential if wanted.
    /// @param token Sent as Authorization: Bearer; none by default.
    /// @param timeout How long an answer may take.
    /// @param clientKeyStore A PKCS#12 file with the certificate this server shows the service (mutual TLS); none by default.
    /// @param clientKeyStorePassword The password of that file.
    public record Service(
            @DefaultValue("") String url,
            Optional<String> token,
            @DefaultValue("5s") Duration timeout,
            Optional<String> clientKeyStore,
            @DefaultValue("") String clientKeyStorePassword) {
        public Service {
            token = orEmpty(token);
            clientKeyStore = orEmpty(clientKeyStore);
        }

        /// Without token and password.
        @Override
        public String toString() {
            return "Service[timeout=" + timeout + "]";
        }

        @SuppressWarnings("NullableOptional") // Spring Boot binds what is not set to null.
        private static Optional<String> orEmpty(@Nullable Optional<String> bound) {
            return bound == null ? Optional.empty() : bound;
        }

        private JdkTransport transport() throws IOException {
            var client = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(timeout);
            if (clientKeyStore.isPresent()) {
                client.sslContext(mutualTls(Path.of(clientKeyStore.get())));
            }
            return new JdkTransport(client.build(), timeout);
        }

        private SSLContext mutualTls(Path file) throws IOException {
            try (var stream = Files.newInputStream(file)) {
                var store = KeyStore.getInstance("PKCS12");
                store.load(stream, clientKeyStorePassword.toCharArray());
                var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store, clientKeyStorePassword.toCharArray());
                var context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException unusable) {
                throw new IOException("the client key store " + file + " cannot be used", unusable);
            }
        }
    }

    String address(String name) {
        return Optional.ofNullable(httpSources.get(name)).map(Service::url).orElse("");
    }

    HttpDatasets datasets(CredentialDefinition definition, Clock clock) throws IOException {
        var name = definition.source().string("http");
        var service = Optional.ofNullable(httpSources.get(name))
                .orElseThrow(() -> new IllegalStateException("the definition " + definition.id()
                        + " asks the http source " + name + "; set intaglio.http-sources." + name + ".url"));
        var headers = service.token()
                .map(token -> Map.of("Authorization", "Bearer " + token))
                .orElse(Map.of());
        return new HttpDatasets(service.transport(), service.url(), headers, clock);
    }
}
