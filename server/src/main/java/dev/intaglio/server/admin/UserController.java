package dev.intaglio.server.admin;

import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.server.login.Logins;
import dev.intaglio.server.login.UserAccounts;
import dev.intaglio.server.tenant.ServesTenants;
import dev.intaglio.spring.IssuerAtHand;
import dev.intaglio.storage.jdbc.user.User;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Adds and removes people who sign in with a password. [AdminGuard] stands before it.
@RestController
@AdminScope("intaglio.users")
@ServesTenants
class UserController {
    private static final int MAX_BODY = 16 * 1024;
    private static final Set<String> MEMBERS = Set.of("name", "password", "subject", "display_name");

    private final IssuerAtHand issuers;
    private final Logins logins;

    UserController(IssuerAtHand issuers, Logins logins) {
        this.issuers = issuers;
        this.logins = logins;
    }

    private UserAccounts accounts(HttpServletRequest request) {
        return logins.accounts(issuers.of(request));
    }

    @PostMapping({"/admin/v1/users", "/admin/users"})
    ResponseEntity<byte[]> add(HttpServletRequest request) throws IOException {
        var order = AdminBody.read(request, MAX_BODY, MEMBERS);
        var added = accounts(request)
                .add(
                        order.string("name"),
                        order.string("password"),
                        order.string("subject"),
                        order.optionalString("display_name"));
        if (!added) {
            return Problem.response(HttpStatus.CONFLICT, "there is a user of this name");
        }
        return AdminAnswer.of(HttpStatus.CREATED, order.without("password"));
    }

    /// By name, without passwords.
    @GetMapping("/admin/v1/users")
    ResponseEntity<byte[]> list(
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String after,
            @RequestParam(defaultValue = Part.USUAL) int limit) {
        var part = Part.of(after, limit);
        var read = accounts(request).list(part.after().orElse(""), part.limit() + 1);
        return AdminAnswer.of(part.write("users", read, User::name, UserController::write));
    }

    private static JsonObject write(User user) {
        return JsonObject.builder()
                .put("name", user.name())
                .put("subject", user.subject())
                .putIf("display_name", user.displayName())
                .build();
    }

    @DeleteMapping({"/admin/v1/users/{name}", "/admin/users/{name}"})
    ResponseEntity<byte[]> remove(@PathVariable String name, HttpServletRequest request) {
        return accounts(request).remove(name)
                ? ResponseEntity.noContent().build()
                : Problem.response(HttpStatus.NOT_FOUND, "the database has no user of this name");
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<byte[]> refuse(IllegalArgumentException wrong) {
        return Problem.response(HttpStatus.BAD_REQUEST, String.valueOf(wrong.getMessage()));
    }
}
