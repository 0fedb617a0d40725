package dev.throughline.localstack.stack;

import java.util.Map;

/**
 * How the services reach the servers when somebody stands between them.
 *
 * @param postgres the port at which the services are told PostgreSQL is; 0 for its own
 * @param kafka the port at which the services are told Kafka is, and Kafka itself says it is; 0 for its own
 * @param database further settings of PostgreSQL: what it acknowledges survives a kill only when they ask for that
 */
public record Detours(int postgres, int kafka, Map<String, String> database) {

    /** Nobody stands between. */
    public static final Detours NONE = new Detours(0, 0, Map.of());

    public Detours {
        database = Map.copyOf(database);
    }
}
