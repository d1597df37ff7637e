package dev.intaglio.server.admin;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.login.UserAccounts;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// Adds and removes people who sign in with a password. [AdminGuard] stands before it.
@RestController
@AdminScope("intaglio.users")
class UserController {
    private static final int MAX_BODY = 16 * 1024;
    private static final Set<String> MEMBERS = Set.of("name", "password", "subject", "display_name");

    private final UserAccounts accounts;

    UserController(UserAccounts accounts) {
        this.accounts = accounts;
    }

    @PostMapping({"/admin/v1/users", "/admin/users"})
    ResponseEntity<byte[]> add(HttpServletRequest request) throws IOException {
        var body = AdminBody.read(request, MAX_BODY);
        var order = read(body);
        var added = accounts.add(
                order.string("name"),
                order.string("password"),
                order.string("subject"),
                order.optionalString("display_name"));
        if (!added) {
            return Problem.response(HttpStatus.CONFLICT, "there is a user of this name");
        }
        var user = order.without("password");
        return ResponseEntity.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .body(user.bytes());
    }

    @DeleteMapping({"/admin/v1/users/{name}", "/admin/users/{name}"})
    ResponseEntity<byte[]> remove(@PathVariable String name) {
        return accounts.remove(name)
                ? ResponseEntity.noContent().build()
                : Problem.response(HttpStatus.NOT_FOUND, "the database has no user of this name");
    }

    /// What is not understood is refused, and never quoted: it may be a password.
    private static JsonObject read(byte[] body) {
        var order = Json.readObject(body);
        if (!MEMBERS.containsAll(order.members().keySet())) {
            throw new IllegalArgumentException(
                    "there are " + MEMBERS.stream().sorted().toList());
        }
        return order;
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }
}
