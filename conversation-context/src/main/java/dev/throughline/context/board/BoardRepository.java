package dev.throughline.context.board;

import dev.throughline.context.board.Board.LiveCall;
import dev.throughline.context.board.Board.MissedCall;
import dev.throughline.context.board.Board.Numbers;
import dev.throughline.context.board.Board.WaitingText;
import dev.throughline.context.lead.LeadRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Reads the board of one tenant. */
@Singleton
class BoardRepository {

    private static final int MOST = 100;

    private static final String LIVE = """
            select c.lead_id, c.call_id, c.direction, c.path, c.started_at, c.handed_over_to, l.name, l.phone
              from call c join lead l on l.lead_id = c.lead_id
             where c.tenant_id = $1 and c.ended_at is null and c.started_at > $2 order by c.started_at limit $3""";

    /** {@link dev.throughline.context.call.CallSummary#isMissed()} of rows. */
    private static final String IS_MISSED = """
            c.direction = 'INBOUND' and c.ended_at is not null and not c.answered
            and (c.message_left or c.spoke_with is not distinct from 'NOBODY'
                 or not (c.path in ('DIRECT', 'NATIVE', 'REGISTER') and c.status = 'completed'))""";

    private static final String MISSED = """
            select c.lead_id, c.call_id, c.started_at, c.status, c.message_left, l.name, l.phone
              from call c join lead l on l.lead_id = c.lead_id
             where c.tenant_id = $1 and c.started_at >= $2 and %s
               and not exists (select 1 from call later where later.lead_id = c.lead_id
                                and later.started_at > c.started_at and later.answered)
               and not exists (select 1 from event e where e.lead_id = c.lead_id and e.time > c.ended_at
                                and e.type = 'sms.sent')
             order by c.started_at desc limit $3""".formatted(IS_MISSED);

    private static final String CALLS = """
            select count(*) filter (where c.direction = 'INBOUND')::int as calls_in,
                   count(*) filter (where c.direction = 'OUTBOUND')::int as calls_out,
                   count(*) filter (where %s)::int as missed,
                   coalesce(sum(c.duration_seconds) filter (where c.spoke_with is distinct from 'NOBODY'), 0)::bigint
                     as talk_seconds,
                   (select count(*)::int from lead where tenant_id = $1 and first_contact >= $2) as new_leads
              from call c where c.tenant_id = $1 and c.started_at >= $2""".formatted(IS_MISSED);

    private static final String EVENTS = """
            select type, count(*)::int as number from event
             where tenant_id = $1 and time >= $2
               and type in ('sms.received', 'sms.sent', 'chat.message', 'appointment.booked', 'appointment.rescheduled',
                            'appointment.cancelled')
             group by type""";

    private final Pool pool;
    private final LeadRepository leads;

    BoardRepository(Pool pool, LeadRepository leads) {
        this.pool = pool;
        this.leads = leads;
    }

    Uni<List<LiveCall>> liveCalls(UUID tenantId, Instant since) {
        return pool.preparedQuery(LIVE)
                .execute(Tuple.of(tenantId, utc(since), MOST))
                .map(rows -> list(
                        rows,
                        row -> new LiveCall(
                                row.getUUID("lead_id"),
                                row.getString("name"),
                                row.getString("phone"),
                                row.getString("call_id"),
                                row.getString("direction"),
                                row.getString("path"),
                                row.getOffsetDateTime("started_at").toInstant(),
                                row.getString("handed_over_to"))));
    }

    Uni<List<WaitingText>> waitingTexts(UUID tenantId, Instant since) {
        return leads.waiting(tenantId, since, MOST).map(waiting -> waiting.stream()
                .map(lead -> new WaitingText(
                        lead.leadId(),
                        lead.name(),
                        lead.phone(),
                        lead.waitingSince() == null ? lead.lastActivity() : lead.waitingSince(),
                        lead.lastText()))
                .toList());
    }

    Uni<List<MissedCall>> missedCalls(UUID tenantId, Instant midnight) {
        return pool.preparedQuery(MISSED)
                .execute(Tuple.of(tenantId, utc(midnight), MOST))
                .map(rows -> list(
                        rows,
                        row -> new MissedCall(
                                row.getUUID("lead_id"),
                                row.getString("name"),
                                row.getString("phone"),
                                row.getString("call_id"),
                                row.getOffsetDateTime("started_at").toInstant(),
                                row.getString("status"),
                                row.getBoolean("message_left"))));
    }

    Uni<Numbers> numbers(UUID tenantId, Instant midnight) {
        Tuple since = Tuple.of(tenantId, utc(midnight));
        return pool.preparedQuery(EVENTS)
                .execute(since)
                .map(BoardRepository::byType)
                .chain(events -> pool.preparedQuery(CALLS)
                        .execute(since)
                        .map(rows -> numbers(rows.iterator().next(), events)));
    }

    private static Map<String, Integer> byType(RowSet<Row> rows) {
        Map<String, Integer> events = new HashMap<>();
        rows.forEach(row -> events.put(row.getString("type"), row.getInteger("number")));
        return events;
    }

    private static Numbers numbers(Row calls, Map<String, Integer> events) {
        return new Numbers(
                calls.getInteger("calls_in"),
                calls.getInteger("calls_out"),
                calls.getInteger("missed"),
                calls.getLong("talk_seconds"),
                events.getOrDefault("sms.received", 0),
                events.getOrDefault("sms.sent", 0),
                events.getOrDefault("chat.message", 0),
                events.getOrDefault("appointment.booked", 0),
                events.getOrDefault("appointment.rescheduled", 0),
                events.getOrDefault("appointment.cancelled", 0),
                calls.getInteger("new_leads"));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        List<T> all = new ArrayList<>(rows.size());
        rows.forEach(row -> all.add(read.apply(row)));
        return all;
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
