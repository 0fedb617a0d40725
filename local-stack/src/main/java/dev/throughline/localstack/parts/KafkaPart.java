package dev.throughline.localstack.parts;

import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.settings.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Kafka in KRaft mode: one process that is broker and controller. Its log directory stays between runs. */
public final class KafkaPart {

    private static final int EVENT_PARTITIONS = 6;
    private static final String CLUSTER_ID = "Throughline-Local-0001";
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");
    /** Events are the source of truth, so they are kept for ever. */
    private static final Map<String, String> FOR_EVER = Map.of("cleanup.policy", "delete", "retention.ms", "-1");

    private KafkaPart() {}

    /**
     * Starts the process; it takes connections some seconds later.
     *
     * @throws IOException when the directory or the log cannot be written
     */
    public static ManagedProcess start(Directories directories, StackPorts ports, Map<String, String> environment)
            throws IOException {
        return start(directories, ports, ports.kafka(), environment);
    }

    /** As above. @param advertised the port at which it tells its clients that it is; it leads to its own */
    public static ManagedProcess start(
            Directories directories, StackPorts ports, int advertised, Map<String, String> environment)
            throws IOException {
        Path home = directories.kafka();
        Files.createDirectories(home);
        Path properties = home.resolve("server.properties");
        Files.writeString(properties, properties(home.resolve("data"), ports, advertised));
        List<String> command = new ArrayList<>(JavaCommand.with("384m", true));
        command.addAll(List.of(
                "-Dlog4j2.configurationFile=classpath:log4j2-kafka.xml",
                "-cp",
                JavaCommand.ownClassPath(),
                KafkaNode.class.getName(),
                properties.toString(),
                CLUSTER_ID));
        return ManagedProcess.start("kafka", command, environment, home, directories.log("kafka"));
    }

    /**
     * Makes the topics that are missing. Also the test of readiness: it fails until the broker answers.
     *
     * @throws TimeoutException when the broker does not answer within {@code timeoutMillis}
     */
    public static void createTopics(String bootstrapServers, int timeoutMillis)
            throws TimeoutException, InterruptedException, ExecutionException {
        Map<String, Object> configuration = Map.of(
                "bootstrap.servers", bootstrapServers,
                "request.timeout.ms", timeoutMillis,
                "default.api.timeout.ms", timeoutMillis);
        try (Admin admin = Admin.create(configuration)) {
            for (var result : admin.createTopics(topics()).values().values()) {
                try {
                    result.get(timeoutMillis, TimeUnit.MILLISECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        }
    }

    /** The suite's topics, for a single broker. */
    public static List<NewTopic> topics() {
        return List.of(
                topic("channel-events-v1", EVENT_PARTITIONS, FOR_EVER),
                topic("lead-contexts-v1", EVENT_PARTITIONS, COMPACTED),
                topic("tenants-v1", 1, COMPACTED),
                topic("channel-events-v1-dlq", 1, FOR_EVER));
    }

    private static NewTopic topic(String name, int partitions, Map<String, String> configuration) {
        return new NewTopic(name, partitions, (short) 1).configs(configuration);
    }

    private static String properties(Path data, StackPorts ports, int advertised) {
        int port = ports.kafka();
        int controllerPort = ports.kafkaController();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + advertised);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", data.toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "8");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // The only member of a group need not wait for others to join.
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("log.segment.bytes", "16777216");
        properties.put("log.index.size.max.bytes", "1048576");
        // The default de-duplication buffer of 128 MB is a third of this process' heap.
        properties.put("log.cleaner.dedupe.buffer.size", "8388608");
        StringBuilder text = new StringBuilder();
        properties.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }
}
