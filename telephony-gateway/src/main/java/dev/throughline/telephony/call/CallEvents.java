package dev.throughline.telephony.call;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.CallEvent.SpokeWith;
import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events of a call. Their ids come from the CallSid, so an event written twice, by the database and by Kafka directly or by two
 * replicas, is still one event; {@code call.ended} has no other part in its key and so exists once per call.
 */
public final class CallEvents {

    private static final String SOURCE = "telephony-gateway";

    private CallEvents() {}

    /** {@code call.started}; {@code origin} must say which path the call took. */
    public static RecordedEvent started(CallParties parties, CallOrigin origin, Instant time) {
        return recorded(
                parties,
                time,
                EventIds.of("call.started", parties.callSid()),
                new CallEvent.Started(
                        parties.callSid(),
                        origin.direction(),
                        Objects.requireNonNull(origin.path(), "a call that started took some path"),
                        origin.from(),
                        origin.to()));
    }

    /** {@code call.status-changed}. */
    public static RecordedEvent statusChanged(CallParties parties, CallStatus status, int sequence, Instant time) {
        return recorded(
                parties,
                time,
                EventIds.of("call.status-changed", parties.callSid(), status.wire(), sequence),
                new CallEvent.StatusChanged(parties.callSid(), status.wire(), sequence));
    }

    /** {@code call.ended}; {@code spokeWith} null where it is not known. */
    public static RecordedEvent ended(
            CallParties parties,
            CallStatus status,
            int durationSeconds,
            @Nullable String reason,
            @Nullable SpokeWith spokeWith,
            Instant time) {
        return recorded(
                parties,
                time,
                EventIds.of("call.ended", parties.callSid()),
                new CallEvent.Ended(parties.callSid(), status.wire(), durationSeconds, reason, spokeWith));
    }

    /** {@code call.questions-asked}; {@code conversationId} null while it is not known. */
    public static RecordedEvent questionsAsked(
            CallParties parties, @Nullable String conversationId, List<Question> questions, Instant time) {
        return recorded(
                parties,
                time,
                EventIds.of("call.questions-asked", parties.callSid()),
                new CallEvent.QuestionsAsked(parties.callSid(), conversationId, questions));
    }

    /** {@code call.answered-by}; the first finding stands. */
    public static RecordedEvent answeredBy(CallParties parties, String answeredBy, Instant time) {
        return recorded(
                parties,
                time,
                EventIds.of("call.answered-by", parties.callSid()),
                new CallEvent.AnsweredBy(parties.callSid(), answeredBy));
    }

    /** {@code call.message-left}; one per recording. */
    public static RecordedEvent messageLeft(
            CallParties parties, String recordingSid, int durationSeconds, Instant time) {
        return recorded(
                parties,
                time,
                EventIds.of("call.message-left", recordingSid),
                new CallEvent.MessageLeft(parties.callSid(), recordingSid, durationSeconds));
    }

    private static RecordedEvent recorded(CallParties parties, Instant time, UUID id, CallEvent event) {
        return new RecordedEvent(id, time, SOURCE, parties.tenantId(), parties.leadId(), event);
    }
}
