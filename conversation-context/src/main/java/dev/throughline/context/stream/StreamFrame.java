package dev.throughline.context.stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.context.lead.StoredEvent;
import dev.throughline.events.CallEvent;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.EventJson;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.Timeline;
import dev.throughline.events.context.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as it goes to a client.
 *
 * @param id the event's
 * @param type the event's name as the first pages read it, {@code sms_received}
 * @param event the CloudEvents type, {@code sms.received}
 * @param data the event's own data, as on the topic
 * @param entries timeline entries to put in place, by id
 * @param supersedes conversation whose provisional entries go away, null mostly
 * @param message the words in the form the first clients read ({@code update.message.content}); null when there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StreamFrame(
        UUID id,
        String type,
        String event,
        Instant time,
        JsonNode data,
        List<TimelineEntry> entries,
        @Nullable String supersedes,
        @Nullable Message message) {

    /** Words as the seeds' page reads them. */
    record Message(String content, Speaker speaker) {}

    /**
     * The frame of an event. Pure.
     *
     * @param related the events about the same text up to this one, of a text we sent and of its delivery; otherwise empty
     */
    static StreamFrame of(RecordedEvent recorded, List<StoredEvent> related) {
        ChannelEvent event = recorded.event();
        return new StreamFrame(
                recorded.id(),
                recorded.type().replace('.', '_').replace('-', '_'),
                recorded.type(),
                recorded.time(),
                event instanceof ChannelEvent.Unknown unknown
                        ? unknown.data()
                        : EventJson.mapper().valueToTree(event),
                entries(recorded, related),
                event instanceof ConversationEvent.Analysed analysed
                                && !analysed.transcript().isEmpty()
                        ? analysed.conversationId()
                        : null,
                message(event));
    }

    private static List<TimelineEntry> entries(RecordedEvent recorded, List<StoredEvent> related) {
        return Timeline.of(
                related.isEmpty()
                        ? List.of(recorded)
                        : related.stream().map(StoredEvent::event).toList());
    }

    private static @Nullable Message message(ChannelEvent event) {
        return switch (event) {
            case SmsEvent.Received text -> new Message(text.text(), Speaker.CUSTOMER);
            case SmsEvent.Sent text -> new Message(text.text(), text.author());
            case ChatEvent.Message chat -> new Message(chat.text(), chat.speaker());
            case CallEvent.Turn turn -> new Message(turn.text(), turn.speaker());
            default -> null;
        };
    }
}
