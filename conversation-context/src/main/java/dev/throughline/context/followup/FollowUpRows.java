package dev.throughline.context.followup;

import dev.throughline.context.followup.FollowUp.State;
import dev.throughline.context.followup.Reason.Asked;
import dev.throughline.context.followup.Reason.CallWithoutBooking;
import dev.throughline.context.followup.Reason.MissedCall;
import dev.throughline.context.followup.Reason.Reminder;
import dev.throughline.events.tenant.FollowUpChannel;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follow-ups as rows and back. */
final class FollowUpRows {

    static final String COLUMNS =
            "follow_up_id, tenant_id, lead_id, kind, cause, version, cause_at, channel, words, questions,"
                    + " raised_by, state, due_at, attempts, request, reference, note, created_at, changed_at";

    private FollowUpRows() {}

    /**
     * A follow-up as it is kept.
     *
     * @param attempts how often a worker took it; tells one taking from another
     * @param note why it ended as it did, or was put off; null when there is nothing to say
     */
    record Kept(
            FollowUp followUp,
            State state,
            int attempts,
            @Nullable String request,
            @Nullable String reference,
            @Nullable String note,
            Instant createdAt,
            Instant changedAt) {}

    static Kept kept(Row row) {
        String[] questions = row.getArrayOfStrings("questions");
        FollowUp followUp = new FollowUp(
                row.getUUID("follow_up_id"),
                row.getUUID("tenant_id"),
                row.getUUID("lead_id"),
                reason(row),
                FollowUpChannel.valueOf(row.getString("channel")),
                row.getString("words"),
                List.of(questions),
                instant(row, "due_at"),
                row.getUUID("raised_by"));
        return new Kept(
                followUp,
                State.valueOf(row.getString("state")),
                row.getInteger("attempts"),
                row.getString("request"),
                row.getString("reference"),
                row.getString("note"),
                instant(row, "created_at"),
                instant(row, "changed_at"));
    }

    private static Reason reason(Row row) {
        String cause = row.getString("cause");
        Instant at = instant(row, "cause_at");
        return switch (row.getString("kind")) {
            case "MISSED_CALL" -> new MissedCall(cause, at);
            case "CALL_WITHOUT_BOOKING" -> new CallWithoutBooking(cause, at);
            case "REMINDER" -> new Reminder(cause, row.getInteger("version"), at);
            case "ASKED" -> new Asked(cause, at);
            default -> throw new IllegalStateException("a stored kind is always one we wrote");
        };
    }

    /** The kind's name, in the database and for operators. */
    static String kind(Reason reason) {
        return switch (reason) {
            case MissedCall missed -> "MISSED_CALL";
            case CallWithoutBooking call -> "CALL_WITHOUT_BOOKING";
            case Reminder reminder -> "REMINDER";
            case Asked asked -> "ASKED";
        };
    }

    /** In the order of the insert statement. */
    static Tuple insert(FollowUp followUp) {
        Tuple row = Tuple.tuple()
                .addUUID(followUp.id())
                .addUUID(followUp.tenantId())
                .addUUID(followUp.leadId())
                .addString(kind(followUp.reason()));
        switch (followUp.reason()) {
            case MissedCall missed -> cause(row, missed.callId(), null, missed.at());
            case CallWithoutBooking call -> cause(row, call.callId(), null, call.at());
            case Reminder reminder -> cause(row, reminder.appointmentId(), reminder.version(), reminder.start());
            case Asked asked -> cause(row, asked.author(), null, asked.at());
        }
        return row.addString(followUp.channel().name())
                .addString(followUp.words())
                .addArrayOfString(followUp.questions().toArray(String[]::new))
                .addUUID(followUp.raisedBy())
                .addOffsetDateTime(utc(followUp.dueAt()));
    }

    private static void cause(Tuple row, String cause, @Nullable Integer version, Instant at) {
        row.addString(cause).addInteger(version).addOffsetDateTime(utc(at));
    }

    static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }
}
