package dev.throughline.context.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.CallEvent;
import dev.throughline.events.Channel;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.EventIds;
import dev.throughline.events.EventTypes;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.ToolEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** One customer of one tenant and what happens to them, each event a second after the one before. */
public final class Story {

    public static final String BUSINESS = "+12025550100";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final UUID tenantId;
    private final UUID leadId;
    private final String phone;
    private final String unique = Integer.toString(COUNT.incrementAndGet());
    private Instant time = Instant.now().truncatedTo(ChronoUnit.MICROS).minusSeconds(600);

    private Story(UUID tenantId, String phone) {
        this.tenantId = tenantId;
        this.phone = phone;
        this.leadId = LeadIds.of(tenantId, ContactAddress.phone(phone));
    }

    public static Story of(UUID tenantId, String phone) {
        return new Story(tenantId, phone);
    }

    /** The same customer, whose story begins at {@code start}. */
    public Story from(Instant start) {
        time = start.truncatedTo(ChronoUnit.MICROS);
        return this;
    }

    public UUID tenantId() {
        return tenantId;
    }

    public UUID leadId() {
        return leadId;
    }

    public Instant now() {
        return time;
    }

    public String callId() {
        return "CA-story-" + leadId + "-" + unique;
    }

    public String conversationId() {
        return "conv_story_" + leadId + "_" + unique;
    }

    public RecordedEvent texts(String words) {
        String sid = "SM" + UUID.randomUUID();
        return event(new SmsEvent.Received(sid, phone, BUSINESS, words, 1, List.of()), sid);
    }

    public RecordedEvent isAnswered(String messageSid, String words) {
        return event(new SmsEvent.Sent(messageSid, BUSINESS, phone, words, 1, Speaker.AGENT, null, null), messageSid);
    }

    public RecordedEvent delivery(String messageSid, String status) {
        return event(new SmsEvent.StatusChanged(messageSid, status, null), messageSid, status);
    }

    public RecordedEvent calls() {
        return event(
                new CallEvent.Started(callId(), CallEvent.Direction.INBOUND, CallEvent.Path.BRIDGE, phone, BUSINESS),
                callId());
    }

    public RecordedEvent conversationStarts() {
        return event(
                new ConversationEvent.Started(conversationId(), Channel.VOICE, "agent_test", callId()),
                conversationId());
    }

    public RecordedEvent says(int turn, Speaker speaker, String words) {
        return event(
                new CallEvent.Turn(callId(), conversationId(), turn, speaker, words, false), conversationId(), turn);
    }

    public RecordedEvent asksForTimes() {
        return event(
                new ToolEvent.Called(
                        conversationId(),
                        callId(),
                        "check_availability",
                        JsonNodeFactory.instance.objectNode().put("date", "2026-11-24"),
                        true,
                        "Tuesday at ten is free.",
                        null,
                        12),
                conversationId(),
                "tool");
    }

    public RecordedEvent isNamed(String name) {
        return event(new LeadEvent.ProfileChanged(name, null, null), name);
    }

    public RecordedEvent books(String id) {
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(3, ChronoUnit.DAYS);
        return event(
                new AppointmentEvent.Booked(new Appointment(
                        id,
                        1,
                        "svc-colour",
                        "Colouring",
                        "emp-maria",
                        "Maria",
                        start,
                        start.plus(2, ChronoUnit.HOURS),
                        "scheduled",
                        "Anna Berger",
                        null)),
                id,
                1);
    }

    public RecordedEvent hangsUp() {
        return event(new CallEvent.Ended(callId(), "completed", 42, null), callId());
    }

    public RecordedEvent isAnalysed(List<FinalTurn> turns) {
        return event(
                new ConversationEvent.Analysed(
                        conversationId(),
                        Channel.VOICE,
                        "agent_test",
                        callId(),
                        time.minusSeconds(40),
                        40,
                        "done",
                        turns,
                        "A colouring was booked.",
                        "success",
                        Map.of(),
                        Map.of("booked", "success"),
                        12.0),
                conversationId());
    }

    public RecordedEvent event(ChannelEvent event, Object... key) {
        time = time.plusSeconds(1);
        String type = EventTypes.nameOf(event);
        Object[] natural = new Object[key.length + 1];
        natural[0] = leadId;
        System.arraycopy(key, 0, natural, 1, key.length);
        return new RecordedEvent(EventIds.of(type, natural), time, "story", tenantId, leadId, event);
    }
}
