package dev.throughline.platform.testing;

import io.smallrye.reactive.messaging.kafka.companion.test.EmbeddedKafkaBroker;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;

/** The real servers, from Maven artifacts, on this machine: PostgreSQL as a process, Kafka inside the JVM. */
final class EmbeddedServers {

    private EmbeddedServers() {}

    private record Started(String address, Object keptAlive) implements TestServers.Server {}

    static TestServers.Server kafka() {
        EmbeddedKafkaBroker broker = new EmbeddedKafkaBroker()
                .withAdditionalProperties(properties -> {
                    properties.put("auto.create.topics.enable", "false");
                    properties.put("group.initial.rebalance.delay.ms", "0");
                    properties.put("offsets.topic.num.partitions", "4");
                    properties.put("log.cleaner.dedupe.buffer.size", "4194304");
                })
                .start();
        String listener = broker.getAdvertisedListeners();
        return new Started(listener.substring(listener.lastIndexOf('/') + 1), broker);
    }

    static TestServers.Server postgres() throws IOException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "200")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        return new Started("localhost:" + postgres.getPort(), postgres);
    }
}
