package dev.throughline.context.testing;

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
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics as another service sees them. */
public final class EventTopic implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            Map.of(
                    "bootstrap.servers",
                    KafkaTestResource.bootstrapServers(),
                    "acks",
                    "all",
                    "max.request.size",
                    4 << 20,
                    "compression.type",
                    "gzip"),
            new StringSerializer(),
            new ByteArraySerializer());

    /** Publishes one event and waits for the broker. */
    public RecordMetadata publish(RecordedEvent event) {
        EventCodec.Encoded encoded = EventCodec.encode(event);
        return publish(encoded.key(), encoded.headers(), encoded.value());
    }

    /** Publishes events in order. */
    public void publish(List<RecordedEvent> events) {
        events.forEach(this::publish);
    }

    /** Publishes anything. */
    public RecordMetadata publish(String key, Map<String, String> headers, byte[] value) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.CHANNEL_EVENTS, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            return producer.send(record).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything on a topic with this key. */
    public static List<ConsumerRecord<String, byte[]>> read(String topic, UUID key) {
        Map<String, Object> config = new HashMap<>(
                Map.of("bootstrap.servers", KafkaTestResource.bootstrapServers(), "auto.offset.reset", "earliest"));
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (key.toString().equals(record.key())) {
                        found.add(record);
                    }
                });
            }
            return found;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
