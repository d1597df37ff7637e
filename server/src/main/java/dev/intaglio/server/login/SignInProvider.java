package dev.intaglio.server.login;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;

/// An OpenID Provider as the page offers it.
///
/// @param registration the short name by which our addresses call it
/// @param name what people call it
/// @param client what we are there
record SignInProvider(String registration, String name, Client client) {
    /// What we are at a provider.
    @FunctionalInterface
    interface Client {
        /// Asked late and again, since it may have to ask the provider for its metadata.
        ///
        /// @return null if there is no such registration
        /// @throws RuntimeException if the provider cannot be reached
        @Nullable
        ClientRegistration registration();
    }

    static SignInProvider of(Map.Entry<String, LoginProperties.OpenIdProvider> configured) {
        var id = configured.getKey();
        var settings = configured.getValue();
        var name = settings.name().orElse(id);
        return new SignInProvider(id, name, new Discovered(id, name, settings));
    }

    /// Of a provider that is known by its identifier alone. Its metadata are asked for once.
    private static final class Discovered implements Client {
        private final String id;
        private final String name;
        private final LoginProperties.OpenIdProvider settings;
        private volatile Optional<ClientRegistration> known = Optional.empty();

        Discovered(String id, String name, LoginProperties.OpenIdProvider settings) {
            this.id = id;
            this.name = name;
            this.settings = settings;
        }

        @Override
        public ClientRegistration registration() {
            var found = known.orElseGet(this::discover);
            known = Optional.of(found);
            return found;
        }

        private ClientRegistration discover() {
            var client = ClientRegistrations.fromOidcIssuerLocation(
                            settings.issuer().orElseThrow().toString())
                    .registrationId(id)
                    .clientId(settings.clientId())
                    .clientName(name)
                    .scope(settings.scope());
            return settings.clientSecret()
                    .map(client::clientSecret)
                    .orElseGet(() -> client.clientAuthenticationMethod(ClientAuthenticationMethod.NONE))
                    .build();
        }
    }
}
