package dev.throughline.platform.example;

import dev.throughline.events.EventCodec;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** What is known of a lead, from Kafka alone. */
public final class LeadFromKafka {

    private LeadFromKafka() {}

    /** The lead's context as of now; null when nothing ever happened to it. */
    public static @Nullable LeadContext read(String bootstrapServers, UUID leadId) {
        Map<String, Object> config = Map.of("bootstrap.servers", bootstrapServers);
        try (var consumer = new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.CHANNEL_EVENTS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            LeadContext context = null;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    if (leadId.toString().equals(record.key())) {
                        context = applied(context, record);
                    }
                }
            }
            return context;
        }
    }

    private static @Nullable LeadContext applied(@Nullable LeadContext context, ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
        try {
            var event = EventCodec.decode(headers, record.value());
            var before = context == null ? LeadContext.empty(event.tenantId(), event.leadId()) : context;
            return before.apply(event); // in any order, any number of times
        } catch (EventCodec.MalformedEventException notAnEvent) {
            return context; // it is on channel-events-v1-dlq, with its reason
        }
    }
}
