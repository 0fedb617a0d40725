package dev.throughline.platform.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL with an empty database, shared by all tests of one JVM; Flyway fills it when the application starts. */
public class PostgresTestResource implements QuarkusTestResourceLifecycleManager {

    /** User, password and name of the database. */
    static final String NAME = "postgres";

    private static final String ADDRESS = "throughline.test.postgres";

    private static TestServers.@Nullable Server server;

    @Override
    public Map<String, String> start() {
        String location = "postgresql://" + address() + "/" + NAME;
        return Map.of(
                "quarkus.datasource.username", NAME,
                "quarkus.datasource.password", NAME,
                "quarkus.datasource.reactive.url", location,
                "quarkus.datasource.jdbc.url", "jdbc:" + location);
    }

    /** {@code host:port}; starts the server when it does not run yet. Also for tests without Quarkus. */
    public static synchronized String address() {
        String running = System.getProperty(ADDRESS);
        if (running != null) {
            return running;
        }
        server = TestServers.start("PostgreSQL", DockerServers::postgres, EmbeddedServers::postgres);
        System.setProperty(ADDRESS, server.address());
        return server.address();
    }

    @Override
    public void stop() {
        // Until the JVM ends: the next test class wants it too.
    }
}
