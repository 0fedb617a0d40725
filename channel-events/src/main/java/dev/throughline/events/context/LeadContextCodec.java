package dev.throughline.events.context;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.POJONode;
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

    // The data: an event of ours as it is, in a node of its own; anything else as JSON.
    private record WrittenEvent(UUID id, Instant time, String source, String type, JsonNode data) {}

    private static final ObjectMapper MAPPER = EventJson.mapper()
            .copy()
            .registerModule(new SimpleModule().addDeserializer(WrittenEvent.class, new EventReader()));

    /** Writes the value. */
    public static byte[] encode(LeadContext context) {
        try {
            return MAPPER.writeValueAsBytes(written(context));
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
        Written w = MAPPER.readValue(value, Written.class);
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
            ChannelEvent event = e.data() instanceof POJONode read && read.getPojo() instanceof ChannelEvent known
                    ? known
                    : EventCodec.event(e.type(), e.data());
            events.add(new RecordedEvent(e.id(), e.time(), e.source(), w.tenantId(), w.leadId(), event));
        }
        return events;
    }

    /** Reads an event straight into the record of its type, without a tree in between: contexts are read all the time. */
    private static final class EventReader extends JsonDeserializer<WrittenEvent> {

        @Override
        public WrittenEvent deserialize(JsonParser json, DeserializationContext reading) throws IOException {
            @Nullable UUID id = null;
            @Nullable Instant time = null;
            @Nullable String source = null;
            @Nullable String type = null;
            @Nullable JsonNode data = null;
            for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
                json.nextToken();
                switch (member) {
                    case "id" -> id = reading.readValue(json, UUID.class);
                    case "time" -> time = reading.readValue(json, Instant.class);
                    case "source" -> source = json.getText();
                    case "type" -> type = json.getText();
                    case "data" -> data = type == null ? reading.readTree(json) : node(EventCodec.event(type, json));
                    default -> json.skipChildren();
                }
            }
            if (id == null || time == null || source == null || type == null || data == null) {
                throw new IOException("an event in a lead context lacks its id, time, source, type or data");
            }
            return new WrittenEvent(id, time, source, type, data);
        }
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
                .map(e -> new WrittenEvent(e.id(), e.time(), e.source(), e.type(), node(e.event())))
                .toList();
    }

    /** Written as it is, without a tree in between: this is what a fold spends its time on. */
    private static JsonNode node(ChannelEvent event) {
        return event instanceof ChannelEvent.Unknown unknown
                ? unknown.data()
                : JsonNodeFactory.instance.pojoNode(event);
    }
}
