package dev.throughline.events;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.throughline.events.AppointmentEvent.Appointment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One event of every type, with invented values. */
public final class Samples {

    public static final UUID TENANT = UUID.fromString("de535df4-ccee-41f0-a2aa-12736706c408");
    public static final UUID LEAD = UUID.fromString("1b671a64-40d5-591e-99b0-da01ff1f3341");
    public static final Instant NOON = Instant.parse("2026-11-20T17:00:00Z");
    public static final String CALL = "CA00000000000000000000000000000001";
    public static final String CONVERSATION = "conv_0123456789abcdefghjkmnpqrs";
    public static final String CUSTOMER = "+12025550142";
    public static final String SALON = "+12025550100";

    private Samples() {}

    public static RecordedEvent recorded(ChannelEvent event, Instant time) {
        return new RecordedEvent(EventIds.of("sample", event, time), time, "test", TENANT, LEAD, event);
    }

    public static Appointment appointment(int version, String status) {
        return new Appointment(
                "appt-1",
                version,
                "svc-1",
                "Colouring",
                "emp-1",
                "Maria",
                NOON.plusSeconds(3 * 86_400),
                NOON.plusSeconds(3 * 86_400 + 7_200),
                status,
                "Anna Berger",
                null,
                new BigDecimal("135.00"),
                List.of(new AppointmentEvent.Item(
                        "svc-1",
                        "Colouring",
                        "emp-1",
                        "Maria",
                        "Chair 2",
                        NOON.plusSeconds(3 * 86_400),
                        NOON.plusSeconds(3 * 86_400 + 7_200),
                        new BigDecimal("135.00"),
                        List.of("Gloss"))));
    }

    public static List<ChannelEvent> ofEveryType() {
        return List.of(
                new CallEvent.Started(CALL, CallEvent.Direction.INBOUND, CallEvent.Path.BRIDGE, CUSTOMER, SALON),
                new CallEvent.StatusChanged(CALL, "in-progress", 1),
                new CallEvent.Ended(CALL, "completed", 65, null, CallEvent.SpokeWith.AGENT),
                new CallEvent.Turn(CALL, CONVERSATION, 3, Speaker.CUSTOMER, "The second one, please.", false),
                new CallEvent.Quality(
                        CALL,
                        CONVERSATION,
                        210,
                        480,
                        List.of(520L, 610L),
                        1,
                        3_200,
                        240,
                        0,
                        "agent",
                        new CallFlight(
                                new CallFlight.Setup(12, 85, 20, 93, 270, 480),
                                List.of(new CallFlight.Turn(4_200, 180, 240, 95, 5, 520, false)),
                                0,
                                1,
                                80,
                                3,
                                1000,
                                1000,
                                List.of(
                                        new CallFlight.Speech(Speaker.AGENT, 115, 2_900),
                                        new CallFlight.Speech(Speaker.CUSTOMER, 3_180, 4_200)))),
                new CallEvent.QuestionsAsked(
                        CALL, null, List.of(new CallEvent.Question("question_1", "Which day suits you?"))),
                new CallEvent.QuestionsAnswered(
                        CALL,
                        CONVERSATION,
                        List.of(new CallEvent.Answer("question_1", "Which day suits you?", "Tuesday", "collected"))),
                new CallEvent.AnsweredBy(CALL, "human"),
                new CallEvent.MessageLeft(CALL, "RE00000000000000000000000000000001", 14),
                new CallEvent.HandOver(
                        CALL, "ho-1", CallEvent.HandOver.Stage.ACCEPTED, "agent", "Maria", "wants a refund", false),
                new ConferenceEvent.Started("conf-7", "CF00000000000000000000000000000001"),
                new ConferenceEvent.ParticipantJoined("conf-7", "phone", "phone"),
                new ConferenceEvent.ParticipantLeft("conf-7", "phone", "phone", "participant_hung_up"),
                new ConferenceEvent.Ended("conf-7", null),
                new SmsEvent.Received(
                        "SM1", CUSTOMER, SALON, "Do you have time for a colouring on Tuesday?", 1, List.of()),
                new SmsEvent.Sent("SM2", SALON, CUSTOMER, "At nine or at one.", 1, Speaker.AGENT, "SM1", CONVERSATION),
                new SmsEvent.StatusChanged(
                        "SM2", "undelivered", 30_003, "reminder", "reminder-7", NOON.plusSeconds(600)),
                new SmsEvent.Refused(
                        "t-1",
                        CUSTOMER,
                        "See you.",
                        Speaker.OPERATOR,
                        21_614,
                        "the number is no mobile number",
                        "follow-up",
                        "follow-up-7"),
                new SmsEvent.OptedOut(CUSTOMER, "STOP"),
                new SmsEvent.OptedIn(CUSTOMER, "START"),
                new ChatEvent.Message("m-1", CONVERSATION, Speaker.CUSTOMER, "Hello?"),
                new ConversationEvent.Started(CONVERSATION, Channel.VOICE, "agent_1", CALL),
                new ConversationEvent.Ended(CONVERSATION, Channel.VOICE, "agent ended the call"),
                new ConversationEvent.Analysed(
                        CONVERSATION,
                        Channel.VOICE,
                        "agent_1",
                        CALL,
                        NOON,
                        65,
                        "done",
                        List.of(
                                new ConversationEvent.FinalTurn(
                                        Speaker.AGENT, "Hello,", 0, true, "Hello, how can I help?"),
                                new ConversationEvent.FinalTurn(
                                        Speaker.CUSTOMER, "The second one, please.", 4, false, null)),
                        "Booked a colouring.",
                        "success",
                        Map.of("preferred_date", TextNode.valueOf("2026-11-24")),
                        Map.of("booked", "success"),
                        312.0),
                new ToolEvent.Called(
                        CONVERSATION,
                        CALL,
                        "check_availability",
                        JsonNodeFactory.instance.objectNode().put("date", "2026-11-24"),
                        true,
                        "I have nine o'clock.",
                        null,
                        18),
                new AppointmentEvent.Booked(appointment(1, "scheduled")),
                new AppointmentEvent.Rescheduled(appointment(2, "scheduled"), NOON),
                new AppointmentEvent.Cancelled(appointment(3, "cancelled"), "ill"),
                new LeadEvent.Linked(UUID.fromString("2c671a64-40d5-591e-99b0-da01ff1f3342")),
                new LeadEvent.Unlinked(UUID.fromString("2c671a64-40d5-591e-99b0-da01ff1f3342")),
                new LeadEvent.ProfileChanged("Anna Berger", "anna@example.com", null),
                new LeadEvent.Scored(70, List.of(new LeadEvent.Factor("booked", 40, "has an appointment"))),
                new FollowUpEvent.Scheduled("f-1", "text", NOON, "missed-call"),
                new FollowUpEvent.Done("f-1", "text"),
                new FollowUpEvent.Skipped("f-1", "booked meanwhile"),
                new OperatorEvent.Note("n-1", "kim", "Prefers Maria."),
                new OperatorEvent.Whisper("w-1", "kim", "Offer the discount.", CALL),
                new OperatorEvent.TookOver("t-1", "kim"),
                new OperatorEvent.GaveBack("t-1", "kim"));
    }
}
