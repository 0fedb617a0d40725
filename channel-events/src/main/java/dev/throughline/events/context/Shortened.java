package dev.throughline.events.context;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.throughline.events.CallEvent;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.ToolEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * An event as a context keeps it: one that is too long would push everything else out of the window, and is cut. What it is cut to follows from
 * the event alone, so the fold does not depend on the order. The log keeps the whole.
 */
final class Shortened {

    /** What one event may take of {@link EventWindow#CAPACITY}. */
    static final int MOST = EventWindow.CAPACITY / 4;

    private static final int LONGEST_TEXT = 8_000;
    private static final int LONGEST_TRANSCRIPT = 24_000;

    private Shortened() {}

    /** The event; itself when it is not too long. */
    static RecordedEvent of(RecordedEvent recorded) {
        if (EventWindow.weight(recorded.event()) <= MOST) {
            return recorded;
        }
        return new RecordedEvent(
                recorded.id(),
                recorded.time(),
                recorded.source(),
                recorded.tenantId(),
                recorded.leadId(),
                of(recorded.event()));
    }

    private static ChannelEvent of(ChannelEvent event) {
        return switch (event) {
            case CallEvent.Turn t ->
                new CallEvent.Turn(
                        t.callId(), t.conversationId(), t.turn(), t.speaker(), text(t.text()), t.interrupted());
            case SmsEvent.Received s ->
                new SmsEvent.Received(s.messageSid(), s.from(), s.to(), text(s.text()), s.segments(), s.mediaUrls());
            case ChatEvent.Message m ->
                new ChatEvent.Message(m.messageId(), m.conversationId(), m.speaker(), text(m.text()));
            case OperatorEvent.Note n -> new OperatorEvent.Note(n.noteId(), n.author(), text(n.text()));
            case ToolEvent.Called t ->
                new ToolEvent.Called(
                        t.conversationId(),
                        t.callId(),
                        t.tool(),
                        JsonNodeFactory.instance.objectNode(),
                        t.success(),
                        text(t.outcome()),
                        t.code(),
                        t.durationMillis());
            case ConversationEvent.Analysed a ->
                new ConversationEvent.Analysed(
                        a.conversationId(),
                        a.channel(),
                        a.agentId(),
                        a.callId(),
                        a.startedAt(),
                        a.durationSeconds(),
                        a.status(),
                        newest(a.transcript()),
                        a.summary() == null ? null : text(a.summary()),
                        a.successful(),
                        a.collected(),
                        a.evaluation(),
                        a.cost());
            case ChannelEvent.Unknown u -> new ChannelEvent.Unknown(u.type(), JsonNodeFactory.instance.objectNode());
            default -> event;
        };
    }

    /** The last turns, as in a conversation that was heard from the middle on. */
    private static List<FinalTurn> newest(List<FinalTurn> transcript) {
        Deque<FinalTurn> kept = new ArrayDeque<>();
        int room = LONGEST_TRANSCRIPT;
        for (FinalTurn turn : transcript.reversed()) {
            String said = text(turn.text());
            room -= said.length() + 80;
            if (room < 0) {
                break;
            }
            kept.addFirst(new FinalTurn(
                    turn.speaker(),
                    said,
                    turn.offsetSeconds(),
                    turn.interrupted(),
                    turn.unheard() == null ? null : PromptContext.shorten(turn.unheard(), 1_000)));
        }
        return List.copyOf(kept);
    }

    private static String text(String text) {
        return PromptContext.shorten(text, LONGEST_TEXT);
    }
}
