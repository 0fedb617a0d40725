package dev.throughline.platform.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How this service talks to Kafka. */
@ConfigMapping(prefix = "throughline.kafka")
public interface KafkaConfig {

    /** {@code host:port,…}; {@code KAFKA_BOOTSTRAP_SERVERS}. */
    String bootstrapServers();

    /** The service's name: client id, consumer group, source of its events. */
    String clientId();

    /** Events waiting for the broker; past it publishing fails at once. Raising it costs memory while Kafka is away. */
    @WithDefault("10000")
    int publishBuffer();

    /** How long one event may wait for its acknowledgement altogether before publishing it fails. */
    @WithDefault("30s")
    Duration publishTimeout();
}
