package dev.intaglio.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.intaglio.storage.jdbc.user.User;
import dev.intaglio.storage.jdbc.user.Users;
import dev.intaglio.testing.store.Race;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the store of users must do.
@DisplayName("Users")
abstract class UsersInTwoNodes {
    private static final User ERIKA = new User("erika", "{argon2}hash", "subject-1", Optional.of("Erika Mustermann"));

    abstract List<Users> users();

    @Test
    @DisplayName("a user is found by any node, with and without a display name, until it is removed")
    void findsAndRemoves() {
        var max = new User("max", "{bcrypt}hash", "subject-2", Optional.empty());
        assertThat(users().getFirst().add(ERIKA)).isTrue();
        assertThat(users().getFirst().add(max)).isTrue();
        assertThat(users().getLast().find("erika")).contains(ERIKA);
        assertThat(users().getLast().find("max")).contains(max);
        assertThat(users().getLast().find("Erika")).isEmpty();
        assertThat(users().getLast().remove("erika")).isTrue();
        assertThat(users().getFirst().remove("erika")).isFalse();
        assertThat(users().getFirst().find("erika")).isEmpty();
    }

    @Test
    @DisplayName("are listed by name, a few at a time")
    void listed() {
        for (var name : List.of("list-c", "list-a", "list-b")) {
            users().getFirst().add(new User(name, "{bcrypt}hash", "subject", Optional.empty()));
        }
        assertThat(users().getLast().list("list", 2)).extracting(User::name).containsExactly("list-a", "list-b");
        assertThat(users().getLast().list("list-b", 2)).extracting(User::name).startsWith("list-c");
    }

    @Test
    @DisplayName("of fifty who want one name at once, one gets it")
    void race() {
        var nodes = users();
        var won = Race.run(runner -> () -> nodes.get(runner % nodes.size())
                .add(new User("wanted", "{argon2}" + runner, "subject-" + runner, Optional.empty())));
        assertThat(Collections.frequency(won, true)).isOne();
        assertThat(nodes.getFirst().find("wanted").orElseThrow().subject()).isEqualTo("subject-" + won.indexOf(true));
    }
}
