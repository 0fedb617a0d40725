package dev.throughline.events.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.CallEvent;
import dev.throughline.events.Channel;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Samples;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LeadContextFoldTest {

    private static final int SMALL_WINDOW = 2_500;

    /** Few conversations, messages, instants and appointments, so that events meet each other often. */
    @Provide
    Arbitrary<List<RecordedEvent>> histories() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 14),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 30),
                        Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(60))
                .as((kind, key, second, text) -> {
                    ChannelEvent event = event(kind, key, text);
                    Instant time = Samples.NOON.plusSeconds(second);
                    return new RecordedEvent(
                            EventIds.of("test", kind, key, second, text),
                            time,
                            "test",
                            Samples.TENANT,
                            Samples.LEAD,
                            event);
                })
                .list()
                .ofMaxSize(40);
    }

    private static ChannelEvent event(int kind, int key, String text) {
        String conversation = "conv_" + key;
        return switch (kind) {
            case 0 -> new SmsEvent.Received("SM" + key, Samples.CUSTOMER, Samples.SALON, text, 1, List.of());
            case 1 -> new SmsEvent.StatusChanged("SM" + key, key % 2 == 0 ? "sent" : "delivered", null);
            case 2 -> new CallEvent.Turn(Samples.CALL, conversation, key, Speaker.CUSTOMER, text, false);
            case 3 ->
                new ConversationEvent.Analysed(
                        conversation,
                        Channel.VOICE,
                        "agent",
                        Samples.CALL,
                        Samples.NOON,
                        9,
                        "done",
                        List.of(new ConversationEvent.FinalTurn(Speaker.CUSTOMER, text, key, false, null)),
                        text,
                        "success",
                        Map.of(),
                        Map.of(),
                        null);
            case 4 -> new AppointmentEvent.Booked(Samples.appointment(key + 1, text));
            case 5 -> new LeadEvent.ProfileChanged(text, null, null);
            case 6 -> new SmsEvent.OptedOut(Samples.CUSTOMER, "STOP");
            case 7 -> new SmsEvent.OptedIn(Samples.CUSTOMER, "START");
            case 8 -> new LeadEvent.Scored(key, List.of());
            case 12 -> new LeadEvent.Linked(new UUID(0, key / 2));
            case 13 -> new LeadEvent.Unlinked(new UUID(0, key / 2));
            case 9 ->
                new CallEvent.QuestionsAsked("CA" + key / 2, null, List.of(new CallEvent.Question("q" + key, text)));
            case 10 ->
                new CallEvent.QuestionsAnswered(
                        "CA" + key / 2,
                        conversation,
                        List.of(new CallEvent.Answer("q" + key, text, key % 2 == 0 ? text : null, "transcript")));
            case 11 ->
                new CallEvent.HandOver(
                        Samples.CALL, "ho-" + key, CallEvent.HandOver.Stage.values()[key], "agent", text, null, false);
            default -> new CallEvent.Ended(Samples.CALL, "completed", key, null);
        };
    }

    private static LeadContext fold(List<RecordedEvent> events) {
        return LeadContext.of(Samples.TENANT, Samples.LEAD, events);
    }

    @Property
    void shouldNotMindRepeats(@ForAll("histories") List<RecordedEvent> history, @ForAll Random random) {
        List<RecordedEvent> events = distinctVersions(history);
        List<RecordedEvent> repeated = new ArrayList<>(events);
        for (RecordedEvent event : events) {
            repeated.add(random.nextInt(repeated.size() + 1), event);
        }

        assertThat(fold(repeated)).isEqualTo(fold(events));
    }

    @Property
    void shouldNotMindTheOrder(@ForAll("histories") List<RecordedEvent> history, @ForAll Random random) {
        List<RecordedEvent> events = distinctVersions(history);
        List<RecordedEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        assertThat(fold(shuffled)).isEqualTo(fold(events));
    }

    @Property
    void shouldContinueFromAnyPrefix(
            @ForAll("histories") List<RecordedEvent> history, @ForAll @IntRange(max = 40) int cut) throws IOException {
        List<RecordedEvent> events = distinctVersions(history);
        int place = Math.min(cut, events.size());

        LeadContext restored = LeadContextCodec.decode(LeadContextCodec.encode(fold(events.subList(0, place))));
        for (RecordedEvent event : events.subList(Math.max(0, place - 3), events.size())) {
            restored = restored.apply(event);
        }

        assertThat(restored).isEqualTo(fold(events));
    }

    @Property
    void shouldKeepTheSameWindowInAnyOrderWhenFull(
            @ForAll("histories") List<RecordedEvent> history, @ForAll Random random) {
        List<RecordedEvent> shuffled = new ArrayList<>(history);
        Collections.shuffle(shuffled, random);

        assertThat(window(shuffled)).isEqualTo(window(history));
    }

    @Property
    void shouldPutTheSameAnswersUnderTheSameQuestionsInAnyOrder(
            @ForAll("histories") List<RecordedEvent> history, @ForAll Random random) {
        List<RecordedEvent> events = distinctVersions(history);
        List<RecordedEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        assertThat(fold(shuffled).questionnaires()).isEqualTo(fold(events).questionnaires());
    }

    @Property
    void shouldReadTheSameTimelineInAnyOrder(@ForAll("histories") List<RecordedEvent> history, @ForAll Random random) {
        List<RecordedEvent> events = distinctVersions(history);
        List<RecordedEvent> shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, random);

        assertThat(Timeline.of(shuffled)).isEqualTo(Timeline.of(events));
    }

    @Test
    void shouldNotLoseItsHistoryToOneEventThatIsTooLong() {
        RecordedEvent before = Samples.recorded(
                new SmsEvent.Received("SM1", Samples.CUSTOMER, Samples.SALON, "before", 1, List.of()), Samples.NOON);
        RecordedEvent large = Samples.recorded(
                new SmsEvent.Received("SM2", Samples.CUSTOMER, Samples.SALON, "x".repeat(1 << 20), 1, List.of()),
                Samples.NOON.plusSeconds(1));

        LeadContext context = fold(List.of(large, before));

        assertThat(context).isEqualTo(fold(List.of(before, large)));
        assertThat(context.window().events()).hasSize(2).contains(before);
        assertThat(LeadContextCodec.encode(context).length).isLessThan(64_000);
    }

    @Property
    void shouldStayWithinItsLimitAndKeepTheNewestWords(
            @ForAll("histories") List<RecordedEvent> history, @ForAll @IntRange(min = 500, max = 8_000) int limit) {
        String text = PromptContext.of(fold(history), ZoneOffset.UTC, Samples.NOON, limit);

        assertThat(text.length()).isLessThanOrEqualTo(limit);
    }

    @Property
    void shouldKnowThePersonBehindTwoLeadsAsIfTheirEventsWereOneLeads(
            @ForAll("histories") List<RecordedEvent> history, @ForAll Random random) {
        List<RecordedEvent> events = distinctVersions(history);
        UUID other = new UUID(9, 9);
        LeadContext one = LeadContext.empty(Samples.TENANT, Samples.LEAD);
        LeadContext theOther = LeadContext.empty(Samples.TENANT, other);
        for (RecordedEvent event : events) {
            if (random.nextBoolean()) {
                one = one.apply(event);
            } else {
                theOther = theOther.apply(new RecordedEvent(
                        event.id(), event.time(), event.source(), event.tenantId(), other, event.event()));
            }
        }

        LeadContext joined = one.joinedWith(List.of(theOther));

        LeadContext whole = fold(events);
        assertThat(joined.window()).isEqualTo(whole.window());
        assertThat(joined.name()).isEqualTo(whole.name());
        assertThat(joined.appointments()).isEqualTo(whole.appointments());
        assertThat(joined.questionnaires()).isEqualTo(whole.questionnaires());
        assertThat(joined.lastActivity()).isEqualTo(whole.lastActivity());
        assertThat(joined.leadId()).isEqualTo(Samples.LEAD);
    }

    private static EventWindow window(List<RecordedEvent> events) {
        EventWindow window = EventWindow.empty();
        for (RecordedEvent event : events) {
            window = window.with(event, SMALL_WINDOW);
        }
        return window;
    }

    /** What the providers promise: one content per event id, per appointment version and per conversation's analysis. */
    private static List<RecordedEvent> distinctVersions(List<RecordedEvent> events) {
        List<RecordedEvent> kept = new ArrayList<>();
        for (RecordedEvent event : events) {
            boolean taken =
                    kept.stream().anyMatch(k -> k.id().equals(event.id()) || sameSlot(k.event(), event.event()));
            if (!taken) {
                kept.add(event);
            }
        }
        return kept;
    }

    private static boolean sameSlot(ChannelEvent one, ChannelEvent other) {
        if (one instanceof AppointmentEvent a && other instanceof AppointmentEvent b) {
            return a.appointment().version() == b.appointment().version();
        }
        return one instanceof ConversationEvent a
                && other instanceof ConversationEvent b
                && a.conversationId().equals(b.conversationId());
    }
}
