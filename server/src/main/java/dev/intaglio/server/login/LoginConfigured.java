package dev.intaglio.server.login;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Whether the properties name a way to sign in.
final class LoginConfigured {
    private LoginConfigured() {}

    /// Some way at all.
    static final class InAnyWay implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var properties = Binder.get(context.getEnvironment()).bindOrCreate("intaglio.login", LoginProperties.class);
            return !properties.users().isEmpty()
                    || properties.databaseUsers()
                    || properties.autoApprove().isPresent()
                    || !properties.providers().isEmpty()
                    || providers(context.getEnvironment());
        }
    }

    /// At an OpenID Provider that Spring's properties name.
    static final class AtSpringsProviders implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return providers(context.getEnvironment());
        }
    }

    private static boolean providers(Environment environment) {
        return Binder.get(environment)
                .bind("spring.security.oauth2.client.registration", Bindable.mapOf(String.class, String.class))
                .map(registrations -> !registrations.isEmpty())
                .orElse(false);
    }
}
