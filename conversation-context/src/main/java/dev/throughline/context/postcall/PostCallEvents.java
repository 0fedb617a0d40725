package dev.throughline.context.postcall;

import dev.throughline.context.lead.LeadRef;
import dev.throughline.events.CallEvent;
import dev.throughline.events.Channel;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a webhook says, as events. Pure. */
final class PostCallEvents {

    private static final String SOURCE = "conversation-context";

    private PostCallEvents() {}

    /**
     * The events of a webhook about a lead.
     *
     * @param now stands in where the webhook tells no time
     */
    static List<RecordedEvent> of(PostCall postCall, LeadRef lead, Instant now) {
        Instant at = postCall.at().equals(Instant.EPOCH) ? now : postCall.at();
        return switch (postCall) {
            case PostCall.Transcription t ->
                List.of(recorded(
                        // One conversation has one final word, however often its analysis is run or delivered.
                        EventIds.of("conversation.analysed", t.conversationId()), at, lead, analysed(t, at)));
            case PostCall.InitiationFailure f -> failed(f, at, lead);
            case PostCall.Audio a -> List.of();
            case PostCall.Other o -> List.of();
        };
    }

    private static ConversationEvent.Analysed analysed(PostCall.Transcription t, Instant at) {
        return new ConversationEvent.Analysed(
                t.conversationId(),
                t.channel(),
                t.agentId(),
                t.callId(),
                t.startedAt().equals(Instant.EPOCH) ? at : t.startedAt(),
                t.durationSeconds(),
                t.status(),
                t.transcript(),
                t.summary(),
                t.successful(),
                t.collected(),
                t.evaluation(),
                t.cost());
    }

    private static List<RecordedEvent> failed(PostCall.InitiationFailure f, Instant at, LeadRef lead) {
        List<RecordedEvent> events = new ArrayList<>();
        events.add(recorded(
                EventIds.of("conversation.ended", f.conversationId()),
                at,
                lead,
                new ConversationEvent.Ended(
                        f.conversationId(), Channel.VOICE, "call could not be placed: " + f.reason())));
        if (f.callId() != null) {
            String status =
                    switch (f.reason()) {
                        case "busy", "no-answer" -> f.reason();
                        default -> "failed";
                    };
            events.add(recorded(
                    EventIds.of("call.ended", f.callId()), at, lead, new CallEvent.Ended(f.callId(), status, 0, null)));
        }
        return events;
    }

    private static RecordedEvent recorded(UUID id, Instant at, LeadRef lead, ChannelEvent event) {
        return new RecordedEvent(id, at, SOURCE, lead.tenantId(), lead.leadId(), event);
    }
}
