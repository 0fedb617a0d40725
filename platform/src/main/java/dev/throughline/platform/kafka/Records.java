package dev.throughline.platform.kafka;

import dev.throughline.events.EventCodec;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Between Kafka's records and ours. Pure. */
public final class Records {

    private Records() {}

    /**
     * Reads an event.
     *
     * @throws PoisonRecordException when the record is no event; a {@link GroupConsumer} dead-letters it
     */
    public static RecordedEvent event(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            throw new PoisonRecordException("the value is null", null);
        }
        try {
            return EventCodec.decode(headers(record), value);
        } catch (EventCodec.MalformedEventException e) {
            throw new PoisonRecordException(e.getMessage(), e);
        }
    }

    /**
     * The type of an event, which stands in its headers: who passes most of them over need not read them.
     *
     * @throws PoisonRecordException when the record has none
     */
    public static String type(ConsumerRecord<String, byte[]> record) {
        Header type = record.headers().lastHeader("ce_type");
        if (type == null || type.value() == null) {
            throw new PoisonRecordException("header ce_type is missing", null);
        }
        return new String(type.value(), StandardCharsets.UTF_8);
    }

    /**
     * The lead an event is about: its key.
     *
     * @throws PoisonRecordException when the key is none
     */
    public static UUID leadId(ConsumerRecord<String, byte[]> record) {
        try {
            return UUID.fromString(String.valueOf(record.key()));
        } catch (IllegalArgumentException e) {
            throw new PoisonRecordException("the key is no lead", e);
        }
    }

    /** The headers as text; of a repeated name the last value. */
    public static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }

    static ProducerRecord<String, byte[]> of(RecordedEvent event) {
        EventCodec.Encoded encoded = EventCodec.encode(event);
        return of(Topics.CHANNEL_EVENTS, encoded.key(), encoded.headers(), encoded.value());
    }

    /** @param value null is a tombstone on a compacted topic */
    public static ProducerRecord<String, byte[]> of(
            String topic, String key, Map<String, String> headers, byte @Nullable [] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }
}
