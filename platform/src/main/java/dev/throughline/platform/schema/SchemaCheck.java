package dev.throughline.platform.schema;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Does not let a service start on a schema that lacks a migration of its release, where a job brings the schema and Flyway is switched off
 * ({@code QUARKUS_FLYWAY_ACTIVE=false}): one query for what Flyway's validation takes three tenths of a second to ask. A job that is still at
 * it, or a database that fails over, is waited for. The release's migrations stand in {@code db/migrations.txt}, which a test holds to what
 * Flyway makes of them.
 */
@Singleton
public class SchemaCheck {

    private static final Logger LOG = Logger.getLogger(SchemaCheck.class);

    /** On the class path of a service with a database: a line of {@code script checksum} for each migration. */
    public static final String FILE = "db/migrations.txt";

    /** Every migration that succeeded, in the order they did. */
    public static final String HISTORY =
            "SELECT script, checksum FROM flyway_schema_history WHERE success AND type = 'SQL' ORDER BY installed_rank";

    private static final int BEFORE_WORK_BEGINS = 100;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final String NO_SUCH_TABLE = "42P01";

    private final Pool pool;
    private final boolean flywayActive;
    private final Duration patience;

    SchemaCheck(
            Pool pool,
            @ConfigProperty(name = "quarkus.flyway.active", defaultValue = "true") boolean flywayActive,
            @ConfigProperty(name = "throughline.schema.patience", defaultValue = "30s") Duration patience) {
        this.pool = pool;
        this.flywayActive = flywayActive;
        this.patience = patience;
    }

    /** @throws IllegalStateException when a migration is missing, or the database could not be asked */
    void check(@Observes @Priority(BEFORE_WORK_BEGINS) StartupEvent start) {
        if (!flywayActive) {
            demand(ofThisRelease());
        }
    }

    void demand(List<Migration> needed) {
        Uni<Set<Migration>> complete =
                applied().invoke(applied -> Migration.missing(needed, applied).ifPresent(SchemaCheck::refuse));
        complete.onFailure()
                .recoverWithUni(problem -> waited(complete, problem))
                .await()
                .atMost(patience.plus(ANSWER_WITHIN.multipliedBy(3)));
    }

    private Uni<Set<Migration>> waited(Uni<Set<Migration>> complete, Throwable problem) {
        LOG.warnf("%s Waiting %ss for it.", problem.getMessage(), patience.toSeconds());
        return complete.onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(patience.toMillis())
                .onFailure()
                .transform(exhausted -> Objects.requireNonNullElse(exhausted.getCause(), exhausted));
    }

    private Uni<Set<Migration>> applied() {
        return pool.query(HISTORY)
                .execute()
                .map(rows -> {
                    Set<Migration> applied = new HashSet<>();
                    rows.forEach(row -> applied.add(Migration.of(row)));
                    return applied;
                })
                .onFailure(SchemaCheck::isEmptyDatabase)
                .recoverWithItem(Set.of())
                .ifNoItem()
                .after(ANSWER_WITHIN)
                .fail()
                .onFailure()
                .transform(failure ->
                        new IllegalStateException("The database could not be asked for its schema.", failure));
    }

    private static void refuse(String problem) {
        throw new IllegalStateException(problem);
    }

    private static boolean isEmptyDatabase(Throwable failure) {
        return failure instanceof PgException refused && NO_SUCH_TABLE.equals(refused.getSqlState());
    }

    private static List<Migration> ofThisRelease() {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(FILE)) {
            byte[] lines = Objects.requireNonNull(in, FILE + " is not on the class path")
                    .readAllBytes();
            return Migration.parse(new String(lines, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }
}
