package dev.throughline.mediabridge.testing;

import dev.throughline.events.ChannelEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Topics;
import dev.throughline.platform.kafka.Records;
import dev.throughline.platform.testing.KafkaTestResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The events of one lead, read from the real topic. */
public final class EventsOf implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final UUID leadId;
    private final List<RecordedEvent> events = new ArrayList<>();

    public EventsOf(UUID leadId) {
        this.leadId = leadId;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", KafkaTestResource.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.CHANNEL_EVENTS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What came so far of one kind. */
    public <E extends ChannelEvent> List<E> all(Class<E> kind) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> {
            if (leadId.toString().equals(record.key())) {
                events.add(Records.event(record));
            }
        });
        return events.stream()
                .map(RecordedEvent::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** With envelope, what came so far. */
    public List<RecordedEvent> recorded() {
        all(ChannelEvent.class);
        return List.copyOf(events);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
