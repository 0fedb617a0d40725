package dev.throughline.context.widget;

import dev.throughline.events.ChatEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.PromptContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor sees of its lead: what was written with it, in the chat and in texts. No note, no whisper, no score, no call, no fact;
 * and nothing of leads that are said to be the same person, because somebody else may be sitting at the other end. Pure.
 */
public final class VisitorView {

    /** The types of events a visitor sees. */
    public static final Set<String> TYPES = Set.of("chat.message", "sms.received", "sms.sent");

    private static final int LONGEST_CONTEXT = 3_000;

    private VisitorView() {}

    /**
     * Some words.
     *
     * @param id for a chat message the one its page gave it, else the event's
     * @param kind {@code chat} or {@code text}
     * @param conversationId the ElevenLabs conversation it was said in, null when in none
     */
    public record Words(
            String id,
            String kind,
            Speaker speaker,
            String text,
            Instant time,
            @Nullable String conversationId) {}

    /** The words in an event; empty when there is nothing in it for a visitor. */
    public static Optional<Words> of(RecordedEvent recorded) {
        String id = recorded.id().toString();
        return switch (recorded.event()) {
            case ChatEvent.Message chat ->
                Optional.of(new Words(
                        chat.messageId(), "chat", chat.speaker(), chat.text(), recorded.time(), chat.conversationId()));
            case SmsEvent.Received text ->
                Optional.of(new Words(id, "text", Speaker.CUSTOMER, text.text(), recorded.time(), null));
            case SmsEvent.Sent text ->
                Optional.of(new Words(id, "text", text.author(), text.text(), recorded.time(), null));
            default -> Optional.empty();
        };
    }

    /** What an agent may be told of a lead by way of the visitor's own browser; empty text when nothing was written yet. */
    static String context(UUID tenantId, UUID leadId, Collection<RecordedEvent> events, ZoneId zone, Instant now) {
        List<RecordedEvent> shown =
                events.stream().filter(event -> of(event).isPresent()).toList();
        return PromptContext.of(LeadContext.of(tenantId, leadId, shown), zone, now, LONGEST_CONTEXT);
    }
}
