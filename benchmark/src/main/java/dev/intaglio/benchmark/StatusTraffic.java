package dev.intaglio.benchmark;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import dev.intaglio.statuslist.StatusListToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// What verifiers and the operator ask of a running server about status lists, over HTTP.
final class StatusTraffic {
    private static final String CWT = "application/statuslist+cwt";
    private static final String JWT = "application/statuslist+jwt";
    private static final int THREADS = 4;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final String adminToken;

    StatusTraffic(URI server, String adminToken) {
        this.server = server;
        this.adminToken = adminToken;
    }

    /// Paths of the lists there are.
    List<String> lists() throws IOException, InterruptedException {
        var response = client.send(
                HttpRequest.newBuilder(server.resolve("/statuslists")).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return response.statusCode() == 200
                ? Json.readObject(response.body()).strings("status_lists").stream()
                        .map(uri -> URI.create(uri).getPath())
                        .toList()
                : List.of();
    }

    private HttpRequest get(String path, String accept, String... more) {
        var request = HttpRequest.newBuilder(server.resolve(path)).header("Accept", accept);
        return (more.length > 0 ? request.headers(more) : request).build();
    }

    /// What came of many requests.
    record Answers(long requests, long notModified, long bytes, double seconds) {}

    private interface One {
        HttpResponse<byte[]> send(int number) throws IOException, InterruptedException;
    }

    private static Answers many(int count, One one) throws InterruptedException, ExecutionException {
        var unchanged = new AtomicLong();
        var bytes = new AtomicLong();
        var next = new AtomicLong();
        var began = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var work = IntStream.range(0, THREADS)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        for (var number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                            var answer = one.send((int) number);
                            switch (answer.statusCode()) {
                                case 304 -> unchanged.incrementAndGet();
                                case 200 -> bytes.addAndGet(answer.body().length);
                                default -> throw new IllegalStateException("the server answered " + answer);
                            }
                        }
                        return true;
                    })
                    .toList();
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        }
        return new Answers(count, unchanged.get(), bytes.get(), (System.nanoTime() - began) / 1e9);
    }

    /// By verifiers that have no copy.
    Answers fresh(List<String> lists, int requests) throws InterruptedException, ExecutionException {
        return many(
                requests,
                number -> client.send(
                        get(lists.get(number % lists.size()), JWT, "Accept-Encoding", "gzip"),
                        HttpResponse.BodyHandlers.ofByteArray()));
    }

    /// By verifiers that have a copy of every list and ask whether it is still the latest, when its time-to-live is over; in
    /// the middle of it some credential is revoked.
    ///
    /// @param verifiers how many, each with all lists
    Answers again(List<String> lists, int verifiers, Callable<Boolean> revocation)
            throws InterruptedException, ExecutionException, IOException {
        Map<Integer, String> tags = new ConcurrentHashMap<>();
        for (var path : lists) {
            var tag = client.send(get(path, JWT, "Accept-Encoding", "gzip"), HttpResponse.BodyHandlers.ofByteArray())
                    .headers()
                    .firstValue("ETag")
                    .orElseThrow();
            for (var verifier = 0; verifier < verifiers; verifier++) {
                tags.put(verifier * lists.size() + lists.indexOf(path), tag);
            }
        }
        var count = verifiers * lists.size();
        return many(count, number -> {
            if (number == count / 2) {
                revoke(revocation);
            }
            return client.send(
                    get(
                            lists.get(number % lists.size()),
                            JWT,
                            "Accept-Encoding",
                            "gzip",
                            "If-None-Match",
                            String.valueOf(tags.get(number))),
                    HttpResponse.BodyHandlers.ofByteArray());
        });
    }

    private static void revoke(Callable<Boolean> revocation) {
        try {
            revocation.call();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Through the admin interface.
    ///
    /// @return how many it made a difference to
    long revoke(JsonObject credentials) throws IOException, InterruptedException {
        var response = client.send(
                HttpRequest.newBuilder(server.resolve("/admin/v1/status/revoke"))
                        .header("Authorization", "Bearer " + adminToken)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JsonObject.builder()
                                .put("credentials", credentials)
                                .put("reason", "measured")
                                .build()
                                .text()))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("the server answered " + response);
        }
        return Json.readObject(response.body()).integer("changed");
    }

    /// Milliseconds from asking for a revocation until somebody who asks afresh, maybe another node, can read it.
    double visible(String path, int index, URI asked) throws IOException, InterruptedException {
        var began = System.nanoTime();
        revoke(JsonObject.builder()
                .put("list", path.substring(path.lastIndexOf('/') + 1))
                .put("index", index)
                .build());
        while (true) {
            var answer = client.send(
                    HttpRequest.newBuilder(asked.resolve(path))
                            .header("Accept", CWT)
                            .header("Cache-Control", "no-cache")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (StatusListToken.readCwt(answer.body()).list().status(index) != 0) {
                return (System.nanoTime() - began) / 1e6;
            }
            Thread.sleep(5);
        }
    }

    /// Indices that are valid now.
    List<Integer> valid(String path, int count) throws IOException, InterruptedException {
        var list = StatusListToken.readCwt(client.send(get(path, CWT), HttpResponse.BodyHandlers.ofByteArray())
                        .body())
                .list();
        var valid = new ArrayList<Integer>();
        for (var index = 0; index < list.size() && valid.size() < count; index++) {
            if (list.status(index) == 0) {
                valid.add(index);
            }
        }
        return valid;
    }
}
