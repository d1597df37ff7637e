package dev.intaglio.spring;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/// What is set for one issuer, by the names of the configuration reference: for the main one in the application's
/// environment, for a tenant in its definition.
public final class IssuerSettings {
    private final Binder binder;
    private final Set<ConfigurationPropertyName> read = new TreeSet<>();

    IssuerSettings(Binder binder) {
        this.binder = binder;
    }

    static IssuerSettings of(Environment environment) {
        return new IssuerSettings(Binder.get(environment));
    }

    /// @param type a record of properties, annotated with [ConfigurationProperties]
    public <T> T of(Class<T> type) {
        var properties = type.getAnnotation(ConfigurationProperties.class);
        if (properties == null) {
            throw new IllegalArgumentException(type + " is no record of properties");
        }
        return binder.bindOrCreate(properties.value(), Bindable.of(type), remembering());
    }

    /// Whether somebody asked for this setting. What nobody asked for is misspelt.
    boolean known(ConfigurationPropertyName name) {
        return read.contains(name);
    }

    private BindHandler remembering() {
        return new AbstractBindHandler() {
            @Override
            public Object onSuccess(
                    ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
                read.add(name);
                return result;
            }
        };
    }
}
