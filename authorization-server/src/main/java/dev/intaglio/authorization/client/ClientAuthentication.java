package dev.intaglio.authorization.client;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import java.util.List;
import java.util.Optional;

/// One way in which clients are recognised. Each is asked in turn whether the request is its own.
public interface ClientAuthentication {
    /// The names for `token_endpoint_auth_methods_supported`.
    List<String> methods();

    /// @return empty if the request does not use this method
    /// @throws dev.intaglio.protocol.oauth.Refusal `invalid_client` if it does, wrongly
    Optional<Client> authenticate(Request request, Form form);
}
