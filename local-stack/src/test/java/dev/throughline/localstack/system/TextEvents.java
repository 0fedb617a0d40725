package dev.throughline.localstack.system;

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

/** What the topic says of texts. */
final class TextEvents {

    private static final String TOPIC = "channel-events-v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private TextEvents() {}

    /** The texts in and out by customer, in the topic's order, each event once: a relay may publish it twice. */
    static Map<String, List<JsonNode>> read(String bootstrapServers) throws IOException {
        Map<String, List<JsonNode>> byCustomer = new HashMap<>();
        Set<String> seen = new HashSet<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(250))) {
                    String type = header(record, "ce_type");
                    if ((type.equals("sms.received") || type.equals("sms.sent")) && seen.add(header(record, "ce_id"))) {
                        add(byCustomer, type, record);
                    }
                }
            }
        }
        return byCustomer;
    }

    private static void add(Map<String, List<JsonNode>> byCustomer, String type, ConsumerRecord<String, byte[]> record)
            throws IOException {
        ObjectNode event = (ObjectNode) JSON.readTree(record.value());
        event.put("type", type).put("lead", record.key());
        String customer = event.path(type.equals("sms.sent") ? "to" : "from").asText();
        byCustomer.computeIfAbsent(customer, number -> new ArrayList<>()).add(event);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
