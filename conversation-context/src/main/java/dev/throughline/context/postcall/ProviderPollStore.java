package dev.throughline.context.postcall;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** How far the poll came, per agent, and which conversations are missing. */
@Singleton
class ProviderPollStore {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int AT_ONCE = 20;

    private static final String KNOW = """
            insert into provider_poll (agent_id, listed_until, next_at)
            select id, $2, $3 from unnest($1::text[]) as id on conflict do nothing""";
    private static final String CLAIM = """
            update provider_poll set next_at = $2 where agent_id = (
                select agent_id from provider_poll where next_at <= $1 order by next_at limit 1 for update skip locked)
            returning agent_id, listed_until, failures""";
    private static final String LISTED =
            "update provider_poll set listed_until = $2, next_at = $3, failures = 0 where agent_id = $1";
    private static final String FAILED = "update provider_poll set next_at = $2, failures = $3 where agent_id = $1";

    /** What came by webhook, matched or not, is not missing; nor is what is on the log. */
    private static final String MISSING = """
            insert into provider_missing (conversation_id, agent_id, found_at, next_at)
            select id, $2, $3, $3 from unnest($1::text[]) as id
             where not exists (select 1 from post_call_receipt r
                                where r.conversation_id = id and r.type = 'post_call_transcription')
               and not exists (select 1 from event e where e.reference = id and e.type = 'conversation.analysed')
            on conflict do nothing""";

    private static final String DUE = """
            update provider_missing set next_at = $2, tries = tries + 1 where conversation_id in (
                select conversation_id from provider_missing where next_at <= $1 order by next_at limit %d
                   for update skip locked)
            returning conversation_id, found_at, tries""".formatted(AT_ONCE);

    /** An agent whose conversations are to be listed. */
    record Agent(String id, Instant listedUntil, int failures) {}

    /**
     * A conversation to ask for.
     *
     * @param tries this one included
     */
    record Missing(String conversationId, Instant foundAt, int tries) {}

    private final Pool pool;

    ProviderPollStore(Pool pool) {
        this.pool = pool;
    }

    /** Makes agents known; those that are stay where they are. */
    Uni<Void> know(Collection<String> agents, Instant from, Instant now) {
        return pool.preparedQuery(KNOW)
                .execute(Tuple.tuple()
                        .addArrayOfString(agents.toArray(String[]::new))
                        .addOffsetDateTime(utc(from))
                        .addOffsetDateTime(utc(now)))
                .replaceWithVoid();
    }

    /** An agent that is due, for as long as a look may take. */
    Uni<Optional<Agent>> claim(Instant now, Duration atMost) {
        return pool.preparedQuery(CLAIM)
                .execute(Tuple.of(utc(now), utc(now.plus(atMost))))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return Optional.empty();
                    }
                    var row = rows.iterator().next();
                    return Optional.of(
                            new Agent(row.getString(0), row.getOffsetDateTime(1).toInstant(), row.getInteger(2)));
                });
    }

    Uni<Void> listed(String agentId, Instant until, Instant next) {
        return pool.preparedQuery(LISTED)
                .execute(Tuple.of(agentId, utc(until), utc(next)))
                .replaceWithVoid();
    }

    /** Every failure in a row doubles the pause. */
    Uni<Void> failed(Agent agent, Instant now, Duration pause) {
        int failures = agent.failures() + 1;
        return pool.preparedQuery(FAILED)
                .execute(Tuple.of(agent.id(), utc(now.plus(pause(pause, failures))), failures))
                .replaceWithVoid();
    }

    Uni<Void> missing(String agentId, List<String> conversationIds, Instant now) {
        return pool.preparedQuery(MISSING)
                .execute(Tuple.tuple()
                        .addArrayOfString(conversationIds.toArray(String[]::new))
                        .addString(agentId)
                        .addOffsetDateTime(utc(now)))
                .replaceWithVoid();
    }

    /** Some that are due; they are due again at {@code next} unless something else is said. */
    Uni<List<Missing>> due(Instant now, Instant next) {
        return pool.preparedQuery(DUE).execute(Tuple.of(utc(now), utc(next))).map(rows -> {
            List<Missing> due = new ArrayList<>();
            rows.forEach(row -> due.add(
                    new Missing(row.getString(0), row.getOffsetDateTime(1).toInstant(), row.getInteger(2))));
            return due;
        });
    }

    Uni<Void> later(String conversationId, Instant next) {
        return pool.preparedQuery("update provider_missing set next_at = $2 where conversation_id = $1")
                .execute(Tuple.of(conversationId, utc(next)))
                .replaceWithVoid();
    }

    Uni<Void> settled(String conversationId) {
        return pool.preparedQuery("delete from provider_missing where conversation_id = $1")
                .execute(Tuple.of(conversationId))
                .replaceWithVoid();
    }

    static Duration pause(Duration first, int failures) {
        Duration pause = first.multipliedBy(1L << Math.min(failures, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
