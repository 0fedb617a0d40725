package dev.throughline.mediabridge.opening;

import dev.throughline.events.CallEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.mediabridge.events.Utterance;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was said on a call before its conversation broke off, as words for the agent that takes it up. Pure. */
final class ThisCall {

    private static final int MOST = 3_000;

    private ThisCall() {}

    /** The newest turns that fit, one a line, oldest first; empty when nothing was said. */
    static String words(List<Utterance> turns) {
        StringBuilder text = new StringBuilder();
        for (int i = turns.size() - 1; i >= 0; i--) {
            Utterance turn = turns.get(i);
            String line = (turn.speaker() == Speaker.CUSTOMER ? "Customer: " : "You: ")
                    + turn.text()
                    + (turn.interrupted() ? " (interrupted, the rest was not heard)" : "")
                    + "\n";
            if (text.length() + line.length() > MOST) {
                break;
            }
            text.insert(0, line);
        }
        return text.toString();
    }

    /** The turns of the call that another bridge published before it vanished, in order of time. */
    static List<Utterance> turnsIn(LeadContext context, String callId) {
        return events(context, callId)
                .sorted(Comparator.comparing(RecordedEvent::time))
                .map(event -> utterance((CallEvent.Turn) event.event(), event))
                .toList();
    }

    /** The history without this call, which is told apart from it. */
    static LeadContext without(LeadContext context, String callId) {
        Set<UUID> ids = events(context, callId).map(RecordedEvent::id).collect(Collectors.toUnmodifiableSet());
        return ids.isEmpty() ? context : context.hiding(ids);
    }

    private static Stream<RecordedEvent> events(LeadContext context, String callId) {
        return context.window().events().stream()
                .filter(event -> event.event() instanceof CallEvent.Turn turn
                        && turn.callId().equals(callId));
    }

    private static Utterance utterance(CallEvent.Turn turn, RecordedEvent event) {
        return new Utterance(turn.turn(), turn.speaker(), turn.text(), turn.interrupted(), event.time());
    }
}
