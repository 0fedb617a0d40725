package dev.throughline.events.context;

import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.CallEvent;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.ConferenceEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.FollowUpEvent;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.ToolEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The newest events of a lead that fit a weight, in {@link RecordedEvent#ORDER}. What falls out leaves a horizon behind, and
 * nothing at or before the horizon comes back: so the window of a set of events is the same whatever their order of arrival.
 * (Proof idea: an event that falls out of a subset also falls out of the whole set, because the events newer than it only
 * grow heavier.)
 */
public record EventWindow(
        List<RecordedEvent> events, @Nullable Horizon horizon) {

    /** Most weight a window holds, in characters; keeps a context well below Kafka's record limit of 1 MB. */
    static final int CAPACITY = 128_000;

    /** The written form of one turn's times. */
    private static final int TURN_WEIGHT = 150;

    private static final int ENVELOPE_WEIGHT = 240;

    /** The newest event that fell out. */
    public record Horizon(Instant time, UUID eventId) {

        boolean hides(RecordedEvent event) {
            int byTime = event.time().compareTo(time);
            return byTime < 0 || byTime == 0 && event.id().compareTo(eventId) <= 0;
        }
    }

    public EventWindow {
        events = List.copyOf(events);
    }

    static EventWindow empty() {
        return new EventWindow(List.of(), null);
    }

    /** The window with {@code event}; itself when the event is in it already or behind the horizon. */
    EventWindow with(RecordedEvent event) {
        return with(event, CAPACITY);
    }

    EventWindow with(RecordedEvent recorded, int capacity) {
        RecordedEvent event = Shortened.of(recorded);
        if (horizon != null && horizon.hides(event)) {
            return this;
        }
        int place = placeOf(event);
        if (place < 0) {
            return this;
        }
        List<RecordedEvent> grown = new ArrayList<>(events);
        grown.add(place, event);
        return cut(grown, capacity);
    }

    /** The newest events of both, those of {@code other} under another lead's id. What is hidden from one is hidden from both. */
    EventWindow joinedWith(EventWindow other, UUID leadId, int capacity) {
        Horizon hidden = later(horizon, other.horizon);
        EventWindow joined = new EventWindow(
                events.stream()
                        .filter(event -> hidden == null || !hidden.hides(event))
                        .toList(),
                hidden);
        for (RecordedEvent event : other.events) {
            joined = joined.with(
                    new RecordedEvent(
                            event.id(), event.time(), event.source(), event.tenantId(), leadId, event.event()),
                    capacity);
        }
        return joined;
    }

    private static @Nullable Horizon later(@Nullable Horizon one, @Nullable Horizon other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Comparator.comparing(Horizon::time)
                                .thenComparing(Horizon::eventId)
                                .compare(one, other)
                        >= 0
                ? one
                : other;
    }

    /** Index to insert at, or -1 when an event of this id is there. */
    private int placeOf(RecordedEvent event) {
        int place = events.size();
        while (place > 0) {
            RecordedEvent before = events.get(place - 1);
            int order = RecordedEvent.ORDER.compare(before, event);
            if (order == 0) {
                return -1;
            }
            if (order < 0) {
                return place;
            }
            place--;
        }
        return place;
    }

    private EventWindow cut(List<RecordedEvent> grown, int capacity) {
        int weight = 0;
        for (int i = grown.size() - 1; i >= 0; i--) {
            weight += weight(grown.get(i).event());
            if (weight > capacity) {
                RecordedEvent out = grown.get(i);
                return new EventWindow(grown.subList(i + 1, grown.size()), new Horizon(out.time(), out.id()));
            }
        }
        return new EventWindow(grown, horizon);
    }

    static int weight(ChannelEvent event) {
        int text =
                switch (event) {
                    case CallEvent.Turn turn -> turn.text().length();
                    case SmsEvent.Received sms -> sms.text().length();
                    case SmsEvent.Sent sms -> sms.text().length();
                    case SmsEvent.Refused sms -> sms.text().length();
                    case ChatEvent.Message message -> message.text().length();
                    case OperatorEvent.Note note -> note.text().length();
                    case OperatorEvent.Whisper whisper -> whisper.text().length();
                    case OperatorEvent other -> 0;
                    case ToolEvent.Called tool ->
                        tool.outcome().length() + tool.arguments().toString().length();
                    case ConversationEvent.Analysed analysed ->
                        analysed.transcript().stream()
                                .mapToInt(turn -> 80 + turn.text().length())
                                .sum();
                    case ChannelEvent.Unknown unknown ->
                        unknown.data().toString().length();
                    case CallEvent.Quality quality ->
                        quality.flight() == null
                                ? 0
                                : TURN_WEIGHT * quality.flight().turns().size();
                    case CallEvent.QuestionsAsked asked ->
                        asked.questions().stream()
                                .mapToInt(question -> 40 + question.text().length())
                                .sum();
                    case CallEvent.QuestionsAnswered answered ->
                        answered.answers().stream()
                                .mapToInt(EventWindow::weight)
                                .sum();
                    case CallEvent other -> 0;
                    case SmsEvent other -> 0;
                    case ConversationEvent other -> 0;
                    case ConferenceEvent other -> 0;
                    case AppointmentEvent other -> 200;
                    case LeadEvent other -> 200;
                    case FollowUpEvent other -> 0;
                };
        return ENVELOPE_WEIGHT + text;
    }

    private static int weight(CallEvent.Answer answer) {
        String words = answer.answer();
        return 80 + answer.question().length() + (words == null ? 0 : words.length());
    }
}
