package dev.throughline.platform.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads a topic again from chosen offsets, without a group and without leaving a trace. Blocking, for one thread; a broker that is away
 * shows as Kafka's own exceptions.
 */
public final class TopicReplay implements AutoCloseable {

    private final String topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;

    private TopicReplay(String topic, KafkaConsumer<String, byte[]> consumer) {
        this.topic = topic;
        this.consumer = consumer;
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Opens at the beginning of every partition. */
    public static TopicReplay open(KafkaClients clients, String topic, int maxBatch) {
        KafkaConsumer<String, byte[]> consumer = clients.consumer("replay-" + topic, null, maxBatch);
        try {
            return new TopicReplay(topic, consumer);
        } catch (RuntimeException e) {
            consumer.close(Duration.ZERO);
            throw e;
        }
    }

    /** The first offset there is, by partition. */
    public Map<Integer, Long> beginnings() {
        return byNumber(consumer.beginningOffsets(partitions));
    }

    /** The offset the next record will get, by partition. */
    public Map<Integer, Long> ends() {
        return byNumber(consumer.endOffsets(partitions));
    }

    /** Reads on at these offsets; partitions that are not named stay where they are. */
    public void seek(Map<Integer, Long> offsets) {
        offsets.forEach((partition, offset) -> {
            TopicPartition known = new TopicPartition(topic, partition);
            if (partitions.contains(known)) {
                consumer.seek(known, offset);
            }
        });
    }

    /** The next records, per partition in order; empty when none came within {@code atMost}. */
    public List<ConsumerRecord<String, byte[]>> poll(Duration atMost) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        consumer.poll(atMost).forEach(records::add);
        return records;
    }

    private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byNumber = new TreeMap<>();
        offsets.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
        return byNumber;
    }

    @Override
    public void close() {
        consumer.close(Duration.ofSeconds(2));
    }
}
