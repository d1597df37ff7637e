package dev.intaglio.authorization.client;

import dev.intaglio.protocol.http.Form;
import dev.intaglio.protocol.http.Request;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Clients that name themselves, or do not even that (method `none`). Who presents a pre-authorized code is authorised by
/// the code; the name is of use for proofs' `iss` and for counting only.
public final class PublicClients implements ClientAuthentication {
    private final boolean anonymous;
    private final Predicate<String> known;

    /// @param anonymous whether `client_id` may be left out
    /// @param known which client identifiers are served
    public PublicClients(boolean anonymous, Predicate<String> known) {
        this.anonymous = anonymous;
        this.known = known;
    }

    @Override
    public List<String> methods() {
        return List.of("none");
    }

    @Override
    public Optional<Client> authenticate(Request request, Form form) {
        if (request.header("Authorization").isPresent()
                || form.value("client_assertion").isPresent()
                || form.value("client_secret").isPresent()) {
            return Optional.empty();
        }
        var id = form.value("client_id");
        if (id.isEmpty()) {
            return anonymous ? Optional.of(Client.ANONYMOUS) : Optional.empty();
        }
        return id.filter(known).map(name -> new Client(Optional.of(name)));
    }
}
