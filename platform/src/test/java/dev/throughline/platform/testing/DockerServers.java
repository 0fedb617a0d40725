package dev.throughline.platform.testing;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The same servers as containers. */
final class DockerServers {

    private DockerServers() {}

    private record Started(String address, Object keptAlive) implements TestServers.Server {}

    static TestServers.Server kafka() {
        requireDaemon();
        KafkaContainer container = new KafkaContainer("apache/kafka:4.1.1")
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        container.start();
        return new Started(container.getBootstrapServers().replaceFirst("^.*://", ""), container);
    }

    static TestServers.Server postgres() {
        requireDaemon();
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:18-alpine")
                .withUsername(PostgresTestResource.NAME)
                .withPassword(PostgresTestResource.NAME)
                .withDatabaseName(PostgresTestResource.NAME)
                .withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
        container.start();
        return new Started(container.getHost() + ":" + container.getMappedPort(5432), container);
    }

    private static void requireDaemon() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException("no Docker daemon answers");
        }
    }
}
