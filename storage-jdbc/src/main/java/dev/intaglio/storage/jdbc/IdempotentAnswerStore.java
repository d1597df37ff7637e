package dev.intaglio.storage.jdbc;

import dev.intaglio.protocol.json.Json;
import dev.intaglio.protocol.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Answers that are given again to whoever asks again.
public final class IdempotentAnswerStore {
    private final Database database;
    private final String tenant;

    IdempotentAnswerStore(Database database, String tenant) {
        this.database = database;
        this.tenant = tenant;
    }

    /// Headers by name; the body as the caller wants it kept.
    public record Answer(int status, Map<String, String> headers, byte[] body) {
        public Answer {
            headers = Map.copyOf(headers);
        }

        /// Without the body.
        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    /// Who may answer.
    public sealed interface Claim {
        /// The caller, who then calls [#answered] or [#release].
        record Mine() implements Claim {}

        /// Somebody else, who is at it.
        record Busy() implements Claim {}

        /// The id stands for another request.
        record Other() implements Claim {}

        record Answered(Answer answer) implements Claim {}
    }

    /// Takes an id for a request, in one atomic step. Of any number of callers, one gets [Claim.Mine].
    ///
    /// @param id a hash
    /// @param request a hash over all of it
    /// @param lease after which whoever took it is taken for dead
    public Claim claim(String id, String request, Instant now, Duration lease) {
        return database.run(session -> {
            var claimed = session.update(
                    """
                    insert into intaglio_idempotent_answer (tenant, id, request, status, headers, body, expires_at)
                    values (?, ?, ?, 0, '{}', ?, ?)
                    on conflict (tenant, id) do update set request = excluded.request, status = 0, headers = '{}',
                        body = excluded.body, expires_at = excluded.expires_at
                    where intaglio_idempotent_answer.expires_at <= ?
                    """, tenant, id, request, new byte[0], now.plus(lease).toEpochMilli(), now.toEpochMilli());
            if (claimed == 1) {
                return new Claim.Mine();
            }
            return session.<Claim>first(
                            "select * from intaglio_idempotent_answer where tenant = ? and id = ?",
                            row -> {
                                if (!row.getString("request").equals(request)) {
                                    return new Claim.Other();
                                }
                                if (row.getInt("status") == 0) {
                                    return new Claim.Busy();
                                }
                                var headers = new LinkedHashMap<String, String>();
                                JsonObject.of(Json.readObject(row.getString("headers"))
                                                .members())
                                        .members()
                                        .forEach((name, value) -> headers.put(name, String.valueOf(value)));
                                return new Claim.Answered(
                                        new Answer(row.getInt("status"), headers, row.getBytes("body")));
                            },
                            tenant,
                            id)
                    .orElse(new Claim.Busy());
        });
    }

    /// Keeps what was answered.
    public void answered(String id, Answer answer, Instant forgetAt) {
        database.run(session -> session.update(
                """
                update intaglio_idempotent_answer set status = ?, headers = ?, body = ?, expires_at = ?
                where tenant = ? and id = ?
                """,
                answer.status(),
                Json.writeString(answer.headers()),
                answer.body(),
                forgetAt.toEpochMilli(),
                tenant,
                id));
    }

    /// Nothing was answered: somebody else may.
    public void release(String id) {
        database.run(session -> session.update(
                "delete from intaglio_idempotent_answer where tenant = ? and id = ? and status = 0", tenant, id));
    }
}
