package dev.throughline.events.context;

import static dev.throughline.events.Samples.CALL;
import static dev.throughline.events.Samples.CONVERSATION;
import static dev.throughline.events.Samples.CUSTOMER;
import static dev.throughline.events.Samples.NOON;
import static dev.throughline.events.Samples.SALON;
import static dev.throughline.events.Samples.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.CallEvent;
import dev.throughline.events.CallFlight;
import dev.throughline.events.Channel;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Samples;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static RecordedEvent turn(int number, Speaker speaker, String text, boolean interrupted) {
        return recorded(
                new CallEvent.Turn(CALL, CONVERSATION, number, speaker, text, interrupted),
                NOON.plusSeconds(60 + number));
    }

    private static RecordedEvent analysed(Channel channel, FinalTurn... turns) {
        return recorded(
                new ConversationEvent.Analysed(
                        CONVERSATION,
                        channel,
                        "agent_1",
                        CALL,
                        NOON.plusSeconds(60),
                        30,
                        "done",
                        List.of(turns),
                        "Booked a colouring.",
                        "success",
                        Map.of(),
                        Map.of(),
                        null),
                NOON.plusSeconds(120));
    }

    private static List<String> words(List<TimelineEntry> entries) {
        return entries.stream()
                .filter(TimelineEntry::isUtterance)
                .map(e -> e.speaker() + ": " + e.text())
                .toList();
    }

    @Test
    void shouldReplaceProvisionalTurnsByTheFinalTranscript() {
        List<TimelineEntry> entries = Timeline.of(List.of(
                turn(0, Speaker.AGENT, "Hello, how can", true),
                turn(1, Speaker.CUSTOMER, "the sekond", false),
                analysed(
                        Channel.VOICE,
                        new FinalTurn(Speaker.AGENT, "Hello, how", 0, true, "Hello, how can I help?"),
                        new FinalTurn(Speaker.CUSTOMER, "The second one, please.", 0, false, null))));

        assertThat(words(entries)).containsExactly("AGENT: Hello, how", "CUSTOMER: The second one, please.");
        assertThat(entries).noneMatch(TimelineEntry::provisional);
        assertThat(entries).anyMatch(e -> e.kind() == TimelineEntry.Kind.SUMMARY);
    }

    @Test
    void shouldKeepProvisionalTurnsWhenTheAnalysisBroughtNone() {
        List<TimelineEntry> entries =
                Timeline.of(List.of(turn(0, Speaker.CUSTOMER, "Hello?", false), analysed(Channel.VOICE)));

        assertThat(words(entries)).containsExactly("CUSTOMER: Hello?");
    }

    @Test
    void shouldNotShowTextsTwiceWhenTheirConversationIsAnalysed() {
        List<TimelineEntry> entries = Timeline.of(List.of(
                recorded(new SmsEvent.Received("SM1", CUSTOMER, SALON, "Hi", 1, List.of()), NOON),
                analysed(Channel.SMS, new FinalTurn(Speaker.CUSTOMER, "Hi", 0, false, null))));

        assertThat(words(entries)).containsExactly("CUSTOMER: Hi");
    }

    @Test
    void shouldMoveDeliveryForwardOnly() {
        List<TimelineEntry> entries = Timeline.of(List.of(
                recorded(new SmsEvent.StatusChanged("SM2", "delivered", null), NOON.plusSeconds(2)),
                recorded(new SmsEvent.StatusChanged("SM2", "sent", null), NOON.plusSeconds(3)),
                recorded(
                        new SmsEvent.Sent("SM2", SALON, CUSTOMER, "At nine.", 1, Speaker.AGENT, "SM1", null),
                        NOON.plusSeconds(1))));

        assertThat(entries).singleElement().satisfies(e -> assertThat(e.status())
                .isEqualTo("delivered"));
    }

    @Test
    void shouldSayHowACallThatNobodyTookEnded() {
        assertThat(Timeline.of(List.of(
                        recorded(new CallEvent.Ended(CALL, "failed", 0, "number not in service"), NOON),
                        recorded(new CallEvent.Ended(CALL, "no-answer", 0, null), NOON.plusSeconds(1)),
                        recorded(new CallEvent.Ended(CALL, "completed", 61, "agent"), NOON.plusSeconds(2)))))
                .extracting(TimelineEntry::text)
                .containsExactly(
                        "The call could not be placed (number not in service)",
                        "Nobody answered",
                        "Call ended after 1 min 1 s");
    }

    @Test
    void shouldHoldWhatAPageShowsBeyondTheWords() {
        List<TimelineEntry> entries = Timeline.of(Samples.ofEveryType().stream()
                .map(event -> recorded(event, NOON))
                .toList());

        assertThat(entries)
                .filteredOn(entry -> entry.detail() != null)
                .allSatisfy(entry -> assertThat(entry.detail())
                        .isInstanceOf(
                                switch (entry.kind()) {
                                    case QUESTIONS -> TimelineDetail.Questions.class;
                                    case VOICE_MESSAGE -> TimelineDetail.Recording.class;
                                    case QUALITY -> TimelineDetail.Flight.class;
                                    case MESSAGE -> TimelineDetail.NotDelivered.class;
                                    case TURN -> TimelineDetail.Unheard.class;
                                    default -> Void.class;
                                }))
                .hasSize(7);
        assertThat(entries)
                .filteredOn(entry -> entry.kind() == TimelineEntry.Kind.HAND_OVER)
                .singleElement()
                .satisfies(entry -> assertThat(entry.status()).isEqualTo("accepted"));
    }

    @Test
    void shouldCountAnAnswerFromTheCallersSilence() {
        CallFlight flight = new CallFlight(
                new CallFlight.Setup(10, 90, 20, 100, 80, 300),
                List.of(new CallFlight.Turn(4_000, 800, 10, 10, 20, 840, false)),
                0,
                0,
                0,
                0,
                1000,
                1000,
                List.of());
        CallEvent.Quality quality =
                new CallEvent.Quality(CALL, null, 120, 300, List.of(16L), 0, 600, 40, 0, "agent", flight);

        assertThat(Timeline.of(List.of(recorded(quality, NOON))))
                .singleElement()
                .satisfies(line ->
                        assertThat(line.text()).isEqualTo("First word after 300 ms, answers after 840 ms on average"));
    }

    @Test
    void shouldTellWhatTheCallCostOnceTheProviderHasSaidSo() {
        CallFlight flight = new CallFlight(
                new CallFlight.Setup(10, 90, 20, 100, 80, 300), List.of(), 0, 0, 0, 0, 1000, 1000, List.of());
        RecordedEvent quality = recorded(
                new CallEvent.Quality(CALL, CONVERSATION, 120, 300, List.of(), 0, 600, 40, 0, "agent", flight), NOON);
        RecordedEvent analysed = recorded(
                new ConversationEvent.Analysed(
                        CONVERSATION,
                        Channel.VOICE,
                        "agent_1",
                        CALL,
                        NOON,
                        9,
                        "done",
                        List.of(),
                        null,
                        "unknown",
                        Map.of(),
                        Map.of(),
                        310.4),
                NOON.plusSeconds(30));

        for (List<RecordedEvent> order : List.of(List.of(quality, analysed), List.of(analysed, quality))) {
            assertThat(Timeline.of(order)).singleElement().satisfies(line -> {
                assertThat(line.text()).isEqualTo("First word after 300 ms, 310 credits");
                assertThat(line.detail())
                        .isEqualTo(new TimelineDetail.Flight((CallEvent.Quality) quality.event(), 310.4));
            });
        }
    }

    @Test
    void shouldHaveALineForWhatAPersonReadsOfEveryType() {
        Samples.ofEveryType().forEach(event -> assertThat(Timeline.of(List.of(recorded(event, NOON))))
                .allSatisfy(entry -> assertThat(entry.text()).isNotBlank()));
    }

    @Test
    void shouldTellTheAgentWhatWasSaidInTheFormAskedFor() {
        LeadContext context = LeadContext.of(
                Samples.TENANT,
                Samples.LEAD,
                List.of(
                        recorded(
                                new SmsEvent.Received("SM1", CUSTOMER, SALON, "A colouring\non Tuesday?", 1, List.of()),
                                NOON),
                        turn(0, Speaker.AGENT, "Hello, this is", true)));

        assertThat(PromptContext.of(context, NEW_YORK, NOON, 2_000)).isEqualTo("""
                        Previous conversation context:
                        [Fri 20 Nov 12:00, text] Customer: A colouring on Tuesday?
                        [Fri 20 Nov 12:01, call] Agent: Hello, this is (interrupted, the rest was not heard)

                        Continue the conversation naturally, maintaining context from above.""");
    }

    @Test
    void shouldMarkWhatWasSpokenButNeverHeard() {
        ConversationEvent.Analysed analysed = new ConversationEvent.Analysed(
                CONVERSATION,
                Channel.VOICE,
                "agent_1",
                CALL,
                NOON,
                9,
                "done",
                List.of(new ConversationEvent.FinalTurn(
                        Speaker.AGENT, "We have nine...", 0, true, "We have nine o'clock\nor one.")),
                null,
                "unknown",
                Map.of(),
                Map.of(),
                null);

        LeadContext context =
                LeadContext.of(Samples.TENANT, Samples.LEAD, List.of(recorded(analysed, NOON.plusSeconds(30))));

        assertThat(PromptContext.of(context, NEW_YORK, NOON, 2_000))
                .contains("Agent: We have nine... (interrupted; not heard: \"o'clock or one.\")");
    }

    @Test
    void shouldTellTheAgentNothingOfAStranger() {
        assertThat(PromptContext.of(LeadContext.empty(Samples.TENANT, Samples.LEAD), NEW_YORK, NOON, 2_000))
                .isEmpty();
    }

    @Test
    void shouldBelieveTheProviderOfAChatMoreThanTheBrowser() {
        RecordedEvent told = recorded(
                new ChatEvent.Message("m1", CONVERSATION, Speaker.AGENT, "Everything is free."), NOON.plusSeconds(61));
        RecordedEvent elsewhere =
                recorded(new ChatEvent.Message("m2", "conv_other", Speaker.CUSTOMER, "Hello?"), NOON.plusSeconds(62));

        assertThat(words(Timeline.of(List.of(told, elsewhere))))
                .containsExactly("AGENT: Everything is free.", "CUSTOMER: Hello?");
        assertThat(words(Timeline.of(List.of(
                        told,
                        elsewhere,
                        analysed(Channel.CHAT, new FinalTurn(Speaker.AGENT, "It is 50.", 1, false, null))))))
                .containsExactly("AGENT: It is 50.", "CUSTOMER: Hello?");
    }

    @Test
    void shouldKeepTheNewestWordsAndAllFactsWithinTheLimit() {
        List<RecordedEvent> events = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            events.add(recorded(
                    new SmsEvent.Received("SM" + i, CUSTOMER, SALON, "message number " + i, 1, List.of()),
                    NOON.plusSeconds(i)));
        }
        Samples.ofEveryType().forEach(event -> events.add(recorded(event, NOON)));
        LeadContext context = LeadContext.of(Samples.TENANT, Samples.LEAD, events);
        context = context.apply(
                recorded(new AppointmentEvent.Rescheduled(Samples.appointment(9, "scheduled"), NOON), NOON));

        String text = PromptContext.of(context, NEW_YORK, NOON, 1_000);

        assertThat(text.length()).isLessThanOrEqualTo(1_000);
        assertThat(text).contains("message number 199", "Anna Berger", "Colouring with Maria", "Lead score: 70");
        assertThat(text).doesNotContain("message number 100");
    }
}
