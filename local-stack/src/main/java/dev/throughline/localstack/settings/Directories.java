package dev.throughline.localstack.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where things lie.
 *
 * @param root the project's root, where the modules are
 * @param home the data directory of this installation: {@code .local} in the root unless {@code THROUGHLINE_HOME} names another
 */
public record Directories(Path root, Path home) {

    /** The directories for {@code root}, with {@code THROUGHLINE_HOME} taken relative to it. */
    public static Directories of(Path root, Environment environment) {
        Path absolute = root.toAbsolutePath().normalize();
        return new Directories(
                absolute, absolute.resolve(environment.get("THROUGHLINE_HOME").orElse(".local")));
    }

    /** Logs of the parts, one file each. */
    public Path logs() {
        return home.resolve("logs");
    }

    /** Log file of the part called {@code name}. */
    public Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /** Records of running processes. */
    public Path run() {
        return home.resolve("run");
    }

    /** PostgreSQL's cluster. */
    public Path postgresData() {
        return home.resolve("postgres");
    }

    /** PostgreSQL's unpacked binaries; outside the data, because a reset keeps them. */
    public Path postgresBinaries() {
        return home.resolve("postgres-binaries");
    }

    /** Kafka's log directory and its server.properties. */
    public Path kafka() {
        return home.resolve("kafka");
    }

    /** What the stand-ins remember: numbers, agents, tools, secrets, webhooks. */
    public Path standIns() {
        return home.resolve("stand-ins");
    }

    /** Ids and secrets of the demo tenant, as the services gave them. */
    public Path demoTenant() {
        return home.resolve("demo-tenant.json");
    }

    /** The route table, shared with the ingress. */
    public Path routes() {
        return root.resolve("deploy").resolve("routes.yaml");
    }

    /** Removes a file, or a directory with all that is in it; nothing when it is not there. */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            tree.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
