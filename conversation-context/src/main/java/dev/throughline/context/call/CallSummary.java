package dev.throughline.context.call;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.SpokeWith;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What some events tell of one call; null where they tell nothing.
 *
 * @param direction {@link CallEvent.Direction} by name
 * @param path {@link CallEvent.Path} by name
 * @param answered whether the agent or a human spoke with the customer
 * @param handedOverTo the human who has or had it
 * @param spokeWith where telephony knew it when the call ended
 */
public record CallSummary(
        UUID tenantId,
        UUID leadId,
        String callId,
        @Nullable String direction,
        @Nullable String path,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String status,
        @Nullable Integer durationSeconds,
        boolean answered,
        @Nullable String handedOverTo,
        boolean messageLeft,
        @Nullable SpokeWith spokeWith) {

    private static final Set<String> ANSWERED_ELSEWHERE =
            Set.of(CallEvent.Path.DIRECT.name(), CallEvent.Path.NATIVE.name(), CallEvent.Path.REGISTER.name());

    /** The calls that {@code events} speak of, as far as the lead's context knows them. Pure. */
    public static Collection<CallSummary> of(LeadContext context, Collection<RecordedEvent> events) {
        Map<String, String> calls = callsOfConversations(context);
        Set<String> touched = new TreeSet<>();
        for (RecordedEvent recorded : events) {
            @Nullable String callId = callOf(recorded.event(), calls);
            if (callId != null) {
                touched.add(callId);
            }
        }
        Map<String, CallSummary> summaries = new LinkedHashMap<>();
        touched.forEach(callId -> summaries.put(callId, unknown(context, callId)));
        for (RecordedEvent recorded : context.window().events()) {
            @Nullable String callId = callOf(recorded.event(), calls);
            if (callId != null) {
                summaries.computeIfPresent(callId, (id, had) -> had.with(recorded));
            }
        }
        return summaries.values();
    }

    /**
     * Whether the customer called and spoke with nobody. Where no agent of ours is in between, only the call's own end tells that
     * somebody answered, by its status where telephony did not know whom; the transcript of a call ElevenLabs answered itself comes after it.
     */
    public boolean isMissed() {
        boolean answeredElsewhere = path != null && ANSWERED_ELSEWHERE.contains(path) && "completed".equals(status);
        return CallEvent.Direction.INBOUND.name().equals(direction)
                && endedAt != null
                && !answered
                && (messageLeft || spokeWith == SpokeWith.NOBODY || !answeredElsewhere);
    }

    private static CallSummary unknown(LeadContext context, String callId) {
        return new CallSummary(
                context.tenantId(),
                context.leadId(),
                callId,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                false,
                null);
    }

    private static Map<String, String> callsOfConversations(LeadContext context) {
        Map<String, String> calls = new HashMap<>();
        for (RecordedEvent recorded : context.window().events()) {
            if (recorded.event() instanceof ConversationEvent.Started started && started.callId() != null) {
                calls.put(started.conversationId(), started.callId());
            }
        }
        return calls;
    }

    private static @Nullable String callOf(ChannelEvent event, Map<String, String> calls) {
        return switch (event) {
            case CallEvent call -> call.callId();
            case ConversationEvent.Analysed analysed when analysed.callId() != null -> analysed.callId();
            case ConversationEvent.Analysed analysed -> calls.get(analysed.conversationId());
            default -> null;
        };
    }

    private CallSummary with(RecordedEvent recorded) {
        return switch (recorded.event()) {
            case CallEvent.Started started ->
                new CallSummary(
                        tenantId,
                        leadId,
                        callId,
                        started.direction().name(),
                        started.path().name(),
                        recorded.time(),
                        endedAt,
                        status,
                        durationSeconds,
                        answered,
                        handedOverTo,
                        messageLeft,
                        spokeWith);
            case CallEvent.Ended ended ->
                new CallSummary(
                        tenantId,
                        leadId,
                        callId,
                        direction,
                        path,
                        startedAt,
                        recorded.time(),
                        ended.status(),
                        ended.durationSeconds(),
                        answered || ended.spokeWith() == SpokeWith.AGENT || ended.spokeWith() == SpokeWith.HUMAN,
                        handedOverTo,
                        messageLeft,
                        ended.spokeWith());
            case CallEvent.MessageLeft left -> spoken(answered, handedOverTo, true);
            case CallEvent.Turn turn when turn.speaker() != Speaker.CUSTOMER -> spoken(true, handedOverTo, messageLeft);
            case CallEvent.HandOver handOver
            when handOver.stage() == CallEvent.HandOver.Stage.ACCEPTED -> spoken(true, handOver.human(), messageLeft);
            case ConversationEvent.Analysed analysed
            when !analysed.transcript().isEmpty() -> spoken(true, handedOverTo, messageLeft);
            default -> this;
        };
    }

    private CallSummary spoken(boolean answered, @Nullable String human, boolean messageLeft) {
        return new CallSummary(
                tenantId,
                leadId,
                callId,
                direction,
                path,
                startedAt,
                endedAt,
                status,
                durationSeconds,
                answered,
                human,
                messageLeft,
                spokeWith);
    }
}
