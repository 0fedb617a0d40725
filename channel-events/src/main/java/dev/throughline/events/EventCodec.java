package dev.throughline.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events in the CloudEvents 1.0 Kafka binary content mode: attributes as {@code ce_*} headers, the data alone as the value
 * (CloudEvents, Kafka Protocol Binding §3.2). The key is the lead id.
 */
public final class EventCodec {

    /** A component that may not be absent. */
    private record Required(String name, Method accessor) {}

    private static final ClassValue<List<Required>> REQUIRED = new ClassValue<>() {
        @Override
        protected List<Required> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .filter(component -> !component.getType().isPrimitive())
                    .filter(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                    .map(component -> new Required(component.getName(), component.getAccessor()))
                    .toList();
        }
    };

    private EventCodec() {}

    /**
     * One Kafka record, without a client library's types.
     *
     * @param headers UTF-8 text
     * @param value JSON, UTF-8
     */
    public record Encoded(String key, Map<String, String> headers, byte[] value) {}

    /** Thrown for a record that is no event of ours; trying again cannot help. */
    public static final class MalformedEventException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedEventException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Writes an event as it stands on the topic. */
    public static Encoded encode(RecordedEvent recorded) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", recorded.id().toString());
        headers.put("ce_type", recorded.type());
        headers.put("ce_source", recorded.source());
        headers.put("ce_time", recorded.time().toString());
        headers.put("ce_subject", recorded.leadId().toString());
        headers.put("ce_tenantid", recorded.tenantId().toString());
        headers.put("content-type", "application/json");
        return new Encoded(recorded.leadId().toString(), headers, data(recorded.event()));
    }

    /**
     * Reads an event from its record.
     *
     * @param headers at least the {@code ce_*} ones; others are ignored
     * @throws MalformedEventException when an attribute is missing or the value does not fit its type
     */
    public static RecordedEvent decode(Map<String, String> headers, byte[] value) throws MalformedEventException {
        try {
            String type = attribute(headers, "ce_type");
            return new RecordedEvent(
                    UUID.fromString(attribute(headers, "ce_id")),
                    Instant.parse(attribute(headers, "ce_time")),
                    attribute(headers, "ce_source"),
                    UUID.fromString(attribute(headers, "ce_tenantid")),
                    UUID.fromString(attribute(headers, "ce_subject")),
                    event(type, value));
        } catch (IllegalArgumentException | DateTimeException | IOException malformed) {
            throw new MalformedEventException("not a channel event: " + malformed.getMessage(), malformed);
        }
    }

    /** Writes the data of an event as JSON. */
    public static byte[] data(ChannelEvent event) {
        try {
            Object value = event instanceof ChannelEvent.Unknown unknown ? unknown.data() : event;
            return EventJson.mapper().writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }

    /**
     * Reads the data of an event; an unknown type is kept as {@link ChannelEvent.Unknown}.
     *
     * @throws IOException when the bytes are not JSON or lack what the type needs
     */
    public static ChannelEvent event(String type, byte[] data) throws IOException {
        var known = EventTypes.recordOf(type);
        if (known.isPresent()) {
            return complete(type, EventJson.mapper().readValue(data, known.get()));
        }
        JsonNode tree = EventJson.mapper().readTree(data);
        return new ChannelEvent.Unknown(type, tree);
    }

    /** As {@link #event(String, byte[])}, from JSON that is read already. */
    public static ChannelEvent event(String type, JsonNode data) throws IOException {
        var known = EventTypes.recordOf(type);
        return known.isPresent()
                ? complete(type, EventJson.mapper().treeToValue(data, known.get()))
                : new ChannelEvent.Unknown(type, data);
    }

    /** As {@link #event(String, byte[])}, of the value a parser stands at; it stands at the value's end afterwards. */
    public static ChannelEvent event(String type, JsonParser json) throws IOException {
        var known = EventTypes.recordOf(type);
        return known.isPresent()
                ? complete(type, json.getCodec().readValue(json, known.get()))
                : new ChannelEvent.Unknown(type, EventJson.mapper().readTree(json));
    }

    private static ChannelEvent complete(String type, @Nullable ChannelEvent event) throws IOException {
        if (event == null) {
            throw new IOException("the value of a " + type + " is null");
        }
        requireComplete(type, event);
        return event;
    }

    /** As {@link #event(String, byte[])}, from text. */
    public static ChannelEvent event(String type, String data) throws IOException {
        return event(type, data.getBytes(StandardCharsets.UTF_8));
    }

    /** A record with a hole would fail far from here, in whoever reads it. */
    private static void requireComplete(String type, ChannelEvent event) throws IOException {
        for (Required component : REQUIRED.get(event.getClass())) {
            try {
                if (component.accessor().invoke(event) == null) {
                    throw new IOException(type + " lacks " + component.name());
                }
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException("accessors of our records are public", impossible);
            }
        }
    }

    private static String attribute(Map<String, String> headers, String name) throws MalformedEventException {
        String value = headers.get(name);
        if (value == null) {
            throw new MalformedEventException("header " + name + " is missing", null);
        }
        return value;
    }
}
