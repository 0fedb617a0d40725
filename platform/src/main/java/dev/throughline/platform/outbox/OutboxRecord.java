package dev.throughline.platform.outbox;

import dev.throughline.events.EventCodec;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Topics;
import dev.throughline.platform.kafka.TraceHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka record to be published.
 *
 * @param key records of one key are published in the order their transactions committed
 * @param payload null is a tombstone on a compacted topic
 */
public record OutboxRecord(String topic, String key, Map<String, String> headers, byte @Nullable [] payload) {

    /** A channel event. */
    public static OutboxRecord of(RecordedEvent event) {
        EventCodec.Encoded encoded = EventCodec.encode(event);
        return new OutboxRecord(Topics.CHANNEL_EVENTS, encoded.key(), encoded.headers(), encoded.value());
    }

    /** The same with the current trace in its headers, for a record that is put when the work that made it is no longer the current one. */
    public OutboxRecord withTrace() {
        return TraceHeaders.current()
                .map(trace -> {
                    Map<String, String> traced = new LinkedHashMap<>(headers);
                    traced.putIfAbsent(TraceHeaders.TRACEPARENT, trace);
                    return new OutboxRecord(topic, key, traced, payload);
                })
                .orElse(this);
    }

    /** A record without headers, e.g. a tenant. */
    public static OutboxRecord of(String topic, String key, byte @Nullable [] payload) {
        return new OutboxRecord(topic, key, Map.of(), payload);
    }
}
