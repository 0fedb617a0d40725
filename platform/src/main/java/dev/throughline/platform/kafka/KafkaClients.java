package dev.throughline.platform.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Makes configured Kafka clients. Creating one needs no broker. */
@Singleton
public final class KafkaClients {

    private static final Duration SHORT_FETCH = Duration.ofMillis(500);

    private final KafkaConfig config;
    private final MeterRegistry metrics;
    /** The latest of each name: a group's member is made anew after a failure. */
    private final Map<String, KafkaConsumer<?, ?>> consumers = new ConcurrentHashMap<>();

    @Inject
    public KafkaClients(KafkaConfig config, MeterRegistry metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    /** Clients nobody measures. */
    public KafkaClients(KafkaConfig config) {
        this(config, new SimpleMeterRegistry());
    }

    /** The service's name. */
    public String clientId() {
        return config.clientId();
    }

    /**
     * An idempotent producer: what it acknowledges is on all in-sync replicas, once and in order.
     *
     * @param name distinguishes it from this service's other producers
     * @param maxBlock how long {@code send} may block while the broker is unknown
     */
    KafkaProducer<String, byte[]> producer(String name, Duration maxBlock, Duration deliveryTimeout) {
        return producer(name, maxBlock, deliveryTimeout, Duration.ZERO);
    }

    /** As above. @param linger how long a record waits for others to go with it in one request; for those sent many at once */
    KafkaProducer<String, byte[]> producer(String name, Duration maxBlock, Duration deliveryTimeout, Duration linger) {
        Map<String, Object> properties = common(name);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlock.toMillis());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) deliveryTimeout.toMillis());
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        // A third of the work of the default level for nearly the same size.
        properties.put(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, 1);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** As {@link #consumer(String, String, int, Duration)}, for one that asks the broker other things meanwhile. */
    KafkaConsumer<String, byte[]> consumer(String name, @Nullable String group, int maxPollRecords) {
        return consumer(name, group, maxPollRecords, SHORT_FETCH);
    }

    /**
     * @param group null for a consumer that is assigned its partitions and commits nothing
     * @param longestFetch how long the broker may keep a fetch for which there is nothing; records end it at once, everything else that is
     *     asked of that broker waits behind it. Below the request's time-out of 10 s
     */
    KafkaConsumer<String, byte[]> consumer(
            String name, @Nullable String group, int maxPollRecords, Duration longestFetch) {
        Map<String, Object> properties = common(name);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, maxPollRecords);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) longestFetch.toMillis());
        if (group != null) {
            properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
            properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 15_000);
            properties.put(
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                    "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        }
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumers.put(name, consumer);
        metrics.gauge("throughline.consumer.lag", Tags.of("consumer", name), this, clients -> clients.lag(name));
        return consumer;
    }

    /** Records the partition that is furthest behind is behind; 0 while nothing was fetched (Kafka, <i>Monitoring</i>, records-lag-max). */
    private double lag(String name) {
        KafkaConsumer<?, ?> consumer = consumers.get(name);
        if (consumer == null) {
            return 0;
        }
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("records-lag-max")
                        && !metric.getKey().tags().containsKey("partition"))
                .map(metric -> metric.getValue().metricValue())
                .filter(value -> value instanceof Double number && !number.isNaN())
                .mapToDouble(Double.class::cast)
                .findFirst()
                .orElse(0);
    }

    private Map<String, Object> common(String name) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", config.bootstrapServers());
        properties.put("client.id", config.clientId() + "-" + name);
        properties.put("reconnect.backoff.max.ms", 2_000);
        properties.put("reconnect.backoff.ms", 100);
        return properties;
    }
}
