package dev.throughline.localstack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the source of truth says. */
public final class Topic {

    private static final String NAME = "channel-events-v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Topic() {}

    /** All events by lead, in the topic's order, each with its {@code type} and once: a relay may publish one twice. */
    public static Map<String, List<JsonNode>> read(String bootstrapServers) throws IOException {
        Map<String, List<JsonNode>> byLead = new HashMap<>();
        Set<String> seen = new HashSet<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(NAME).stream()
                    .map(partition -> new TopicPartition(NAME, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(250))) {
                    if (record.value() != null && seen.add(header(record, "ce_id"))) {
                        ObjectNode event = (ObjectNode) JSON.readTree(record.value());
                        event.put("type", header(record, "ce_type"));
                        byLead.computeIfAbsent(record.key(), lead -> new ArrayList<>())
                                .add(event);
                    }
                }
            }
        }
        return byLead;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
