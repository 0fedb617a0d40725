package dev.throughline.localstack.parts;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * The main class of the Kafka process: formats the log directory at the first start, then runs the broker. Both in one JVM, because
 * starting a second one for the formatting costs more than the formatting.
 */
public final class KafkaNode {

    private KafkaNode() {}

    /** Takes the path of server.properties and the cluster id. */
    public static void main(String[] arguments) {
        String properties = arguments[0];
        if (!Files.exists(Path.of(properties).resolveSibling("data").resolve("meta.properties"))) {
            int status = StorageTool.execute(
                    new String[] {"format", "--config", properties, "--cluster-id", arguments[1], "--ignore-formatted"},
                    System.out);
            if (status != 0) {
                System.exit(status);
            }
        }
        Kafka.main(new String[] {properties});
    }
}
