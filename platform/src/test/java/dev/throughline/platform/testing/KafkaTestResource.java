package dev.throughline.platform.testing;

import dev.throughline.events.Topics;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** A real Kafka broker with the product's topics (6 partitions each), shared by all tests of one JVM. */
public class KafkaTestResource implements QuarkusTestResourceLifecycleManager {

    private static final int PARTITIONS = 6;
    /** Survives the class loaders of restarted test applications. */
    private static final String ADDRESS = "throughline.test.kafka";

    private static TestServers.@Nullable Server server;

    @Override
    public Map<String, String> start() {
        String address = bootstrapServers();
        return Map.of("throughline.kafka.bootstrap-servers", address, "kafka.bootstrap.servers", address);
    }

    /** The broker's address; starts it when it does not run yet. Also for tests without Quarkus. */
    public static synchronized String bootstrapServers() {
        String running = System.getProperty(ADDRESS);
        if (running != null) {
            return running;
        }
        server = TestServers.start("Kafka", DockerServers::kafka, EmbeddedServers::kafka);
        createTopics(server.address());
        System.setProperty(ADDRESS, server.address());
        return server.address();
    }

    @Override
    public void stop() {
        // Until the JVM ends: the next test class wants it too.
    }

    private static void createTopics(String address) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            Set<String> compacted = Set.of(Topics.TENANTS, Topics.LEAD_CONTEXTS);
            List<NewTopic> topics =
                    List.of(Topics.CHANNEL_EVENTS, Topics.CHANNEL_EVENTS_DLQ, Topics.LEAD_CONTEXTS, Topics.TENANTS)
                            .stream()
                            .map(name -> new NewTopic(name, PARTITIONS, (short) 1)
                                    .configs(compacted.contains(name) ? Map.of("cleanup.policy", "compact") : Map.of()))
                            .toList();
            Set<String> existing = admin.listTopics().names().get(30, TimeUnit.SECONDS);
            admin.createTopics(topics.stream()
                            .filter(topic -> !existing.contains(topic.name()))
                            .collect(Collectors.toSet()))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the topics could not be created", e);
        }
    }
}
