package dev.throughline.events.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.EventCodec;
import dev.throughline.events.EventJson;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A lead context as the JSON value on {@link dev.throughline.events.Topics#LEAD_CONTEXTS}. */
public final class LeadContextCodec {

    private LeadContextCodec() {}

    private record Written(
            UUID tenantId,
            UUID leadId,
            @Nullable Known<String> name,
            @Nullable Known<String> email,
            @Nullable Known<String> phone,
            @Nullable Known<Boolean> textsAllowed,
            Map<String, Appointment> appointments,
            @Nullable Known<LeadEvent.Scored> score,
            Set<UUID> linked,
            @Nullable Map<UUID, Known<Boolean>> links,
            @Nullable Instant firstContact,
            @Nullable Instant lastActivity,
            @Nullable List<WrittenEvent> questions,
            EventWindow.@Nullable Horizon questionsHorizon,
            List<WrittenEvent> events,
            EventWindow.@Nullable Horizon horizon) {}

    private record WrittenEvent(UUID id, Instant time, String source, String type, JsonNode data) {}

    /** Writes the value. */
    public static byte[] encode(LeadContext context) {
        try {
            return EventJson.mapper().writeValueAsBytes(written(context));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }

    /**
     * Reads the value.
     *
     * @throws IOException when it is no lead context
     */
    public static LeadContext decode(byte[] value) throws IOException {
        Written w = EventJson.mapper().readValue(value, Written.class);
        List<RecordedEvent> events = recorded(w, w.events());
        return new LeadContext(
                w.tenantId(),
                w.leadId(),
                w.name(),
                w.email(),
                w.phone(),
                w.textsAllowed(),
                new TreeMap<>(w.appointments()),
                w.score(),
                links(w),
                w.firstContact(),
                w.lastActivity(),
                new EventWindow(questions(w, events), w.questionsHorizon()),
                new EventWindow(events, w.horizon()));
    }

    /** An older writer knew links only, not since when. */
    private static SortedMap<UUID, Known<Boolean>> links(Written w) {
        Map<UUID, Known<Boolean>> written = w.links();
        if (written != null) {
            return new TreeMap<>(written);
        }
        SortedMap<UUID, Known<Boolean>> links = new TreeMap<>();
        w.linked().forEach(lead -> links.put(lead, new Known<>(true, Instant.EPOCH, new UUID(0, 0))));
        return links;
    }

    /** An older writer kept its questions among the other events only. */
    private static List<RecordedEvent> questions(Written w, List<RecordedEvent> events) throws IOException {
        List<WrittenEvent> written = w.questions();
        return written != null
                ? recorded(w, written)
                : events.stream()
                        .filter(event -> LeadContext.isAboutQuestions(event.event()))
                        .toList();
    }

    private static List<RecordedEvent> recorded(Written w, List<WrittenEvent> written) throws IOException {
        List<RecordedEvent> events = new ArrayList<>(written.size());
        for (WrittenEvent e : written) {
            ChannelEvent event = EventCodec.event(e.type(), e.data());
            events.add(new RecordedEvent(e.id(), e.time(), e.source(), w.tenantId(), w.leadId(), event));
        }
        return events;
    }

    private static Written written(LeadContext context) {
        return new Written(
                context.tenantId(),
                context.leadId(),
                context.name(),
                context.email(),
                context.phone(),
                context.textsAllowed(),
                context.appointments(),
                context.score(),
                context.linked(),
                context.links(),
                context.firstContact(),
                context.lastActivity(),
                written(context.questions()),
                context.questions().horizon(),
                written(context.window()),
                context.window().horizon());
    }

    private static List<WrittenEvent> written(EventWindow window) {
        return window.events().stream()
                .map(e -> new WrittenEvent(e.id(), e.time(), e.source(), e.type(), data(e.event())))
                .toList();
    }

    /** Written as it is, without a tree in between: this is what a fold spends its time on. */
    private static JsonNode data(ChannelEvent event) {
        return event instanceof ChannelEvent.Unknown unknown
                ? unknown.data()
                : JsonNodeFactory.instance.pojoNode(event);
    }
}
