package dev.throughline.context.projection;

import dev.throughline.events.Topics;
import dev.throughline.platform.kafka.GroupConsumer;
import dev.throughline.platform.kafka.KafkaClients;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * This service's membership of its group; reads on where the database says.
 */
@Singleton
class ProjectionConsumer {

    private static final Duration OFFSETS = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final ProjectionConfig config;
    private final Projection projection;
    private final ProjectionRepository repository;
    private final Pool pool;
    private volatile @Nullable GroupConsumer consumer;

    ProjectionConsumer(
            KafkaClients clients,
            ProjectionConfig config,
            Projection projection,
            ProjectionRepository repository,
            Pool pool) {
        this.clients = clients;
        this.config = config;
        this.projection = projection;
        this.repository = repository;
        this.pool = pool;
    }

    void start(@Observes StartupEvent event) {
        consumer = GroupConsumer.start(
                clients,
                GroupConsumer.Settings.of(Topics.CHANNEL_EVENTS, config.group())
                        .withMaxBatch(config.batch())
                        .withOffsets(this::offsets),
                projection::take);
    }

    void stop(@Observes ShutdownEvent event) {
        GroupConsumer running = consumer;
        if (running != null) {
            running.close();
        }
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions) {
        Map<Integer, Long> stored = pool.withConnection(c -> repository.offsets(c, Topics.CHANNEL_EVENTS))
                .await()
                .atMost(OFFSETS);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Long next = stored.get(partition.partition());
            if (next != null) {
                offsets.put(partition, next);
            }
        }
        return offsets;
    }

    /** Whether this member has partitions. */
    boolean isAssigned() {
        GroupConsumer running = consumer;
        return running != null && running.isAssigned();
    }
}
