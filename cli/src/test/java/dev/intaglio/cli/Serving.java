package dev.intaglio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A server started by `serve` for development, with its data in `data`.
///
/// @param directory where commands are given
record Serving(Path directory, Background server, String address) {
    static Serving in(Path directory) throws InterruptedException {
        var server = new Background(Ran.in(directory), "serve", "--port", "0", "--data", "data");
        return new Serving(
                directory, server, server.await("start page\\s+(http://\\S+)/$").group(1));
    }

    /// A command about this server.
    Ran run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--server", address, "--data", "data"));
        return Ran.in(directory).run(all.toArray(String[]::new));
    }

    void stop() throws Exception {
        assertThat(server.stop().code()).isZero();
    }
}
