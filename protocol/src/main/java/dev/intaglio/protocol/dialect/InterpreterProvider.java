package dev.intaglio.protocol.dialect;

import dev.intaglio.protocol.http.Handler;
import java.util.Optional;
import java.util.ServiceLoader;

/// Brings an [Interpreter] to whoever has its module on the class path. Named in
/// `META-INF/services/dev.intaglio.protocol.dialect.InterpreterProvider`; has a public constructor without arguments.
public interface InterpreterProvider {
    /// @param transport how requests reach issuers
    Interpreter around(Handler transport);

    /// One around a transport; without a provider, one that changes nothing.
    static Interpreter find(Handler transport) {
        return ServiceLoader.load(InterpreterProvider.class, InterpreterProvider.class.getClassLoader())
                .findFirst()
                .map(provider -> provider.around(transport))
                .orElseGet(() -> new Standard(transport));
    }

    /// Changes nothing.
    record Standard(Handler transport) implements Interpreter {
        @Override
        public String link(String link) {
            return link;
        }

        @Override
        public Optional<String> spoken() {
            return Optional.empty();
        }
    }
}
