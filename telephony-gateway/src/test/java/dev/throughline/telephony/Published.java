package dev.throughline.telephony;

import dev.throughline.events.CallEvent;
import dev.throughline.events.EventCodec;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Topics;
import dev.throughline.platform.testing.KafkaTestResource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands on {@code channel-events-v1}, read from its beginning. */
public final class Published {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Published() {}

    /** The events of a call in the order of the topic, read until one of them {@code isLast}. */
    public static List<RecordedEvent> until(String callSid, Predicate<CallEvent> isLast) {
        return until(
                "the awaited event of " + callSid,
                event ->
                        event.event() instanceof CallEvent call && call.callId().equals(callSid),
                event -> isLast.test((CallEvent) event.event()));
    }

    /** The events of a lead in the order of the topic, read until one of {@code lastType}. */
    public static List<RecordedEvent> ofLead(UUID leadId, String lastType) {
        return until(lastType + " of lead " + leadId, event -> event.leadId().equals(leadId), event -> event.type()
                .equals(lastType));
    }

    private static List<RecordedEvent> until(
            String what, Predicate<RecordedEvent> wanted, Predicate<RecordedEvent> isLast) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", KafkaTestResource.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.CHANNEL_EVENTS).stream()
                    .map(partition -> new TopicPartition(Topics.CHANNEL_EVENTS, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<RecordedEvent> found = new ArrayList<>();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            boolean last = false;
            // One more empty poll after the last event: a repeat behind it is to be seen.
            while (System.nanoTime() < deadline) {
                var records = consumer.poll(Duration.ofMillis(300));
                if (last && records.isEmpty()) {
                    return found;
                }
                for (ConsumerRecord<String, byte[]> record : records) {
                    RecordedEvent event = decode(record);
                    if (wanted.test(event)) {
                        found.add(event);
                        last |= isLast.test(event);
                    }
                }
            }
            throw new AssertionError(what + " is not on the topic, only " + found);
        }
    }

    /** The events of a call that has ended. */
    public static List<RecordedEvent> ofEnded(String callSid) {
        return until(callSid, CallEvent.Ended.class::isInstance);
    }

    /** The events of one kind. */
    public static <E extends CallEvent> List<E> only(Class<E> kind, List<RecordedEvent> events) {
        return events.stream()
                .map(RecordedEvent::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private static RecordedEvent decode(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        try {
            return EventCodec.decode(headers, record.value());
        } catch (EventCodec.MalformedEventException malformed) {
            throw new AssertionError(malformed);
        }
    }
}
