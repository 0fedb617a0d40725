package dev.throughline.platform.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Of a database that Flyway has filled, and of others. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class SchemaCheckTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration AT_ONCE = Duration.ofMillis(600);
    private static final int NOBODY_LISTENS = 1;
    private static final Migration NEXT = new Migration("db/migration/V99__next.sql", 7);

    @Inject
    Pool pool;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void shouldPassWhereEveryMigrationSucceededAndLaterOnesToo() {
        List<Migration> applied = applied();

        assertThatCode(() -> check(pool, SOON).demand(applied)).doesNotThrowAnyException();
        assertThatCode(() -> check(pool, SOON).demand(applied.subList(0, 1))).doesNotThrowAnyException();
    }

    @Test
    void shouldNameWhatIsMissingAndTheCure() {
        List<Migration> needed = new ArrayList<>(applied());
        needed.add(NEXT);

        assertThatThrownBy(() -> check(pool, AT_ONCE).demand(needed))
                .hasMessage(
                        "The database's schema is not this release's, it lacks db/migration/V99__next.sql: run the migration job of"
                                + " this release (QUARKUS_INIT_AND_EXIT=true) first.");
    }

    @Test
    void shouldWaitForAJobThatIsStillAtIt() {
        Migration coming = new Migration("db/migration/V98__coming.sql", 8);
        Pool waiting = pool(options().addProperty("application_name", "waiting"));
        try {
            CompletableFuture<Void> start =
                    CompletableFuture.runAsync(() -> check(waiting, SOON).demand(List.of(coming)));
            await().until(() -> hasLooked("waiting"));
            pool.preparedQuery("""
                            INSERT INTO flyway_schema_history
                                (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                            VALUES (98, '98', 'coming', 'SQL', $1, $2, 'job', 1, true)""")
                    .execute(Tuple.of(coming.script(), coming.checksum()))
                    .await()
                    .atMost(SOON);

            assertThat(start).succeedsWithin(SOON);
        } finally {
            waiting.close().await().atMost(SOON);
            pool.query("DELETE FROM flyway_schema_history WHERE installed_rank = 98")
                    .execute()
                    .await()
                    .atMost(SOON);
        }
    }

    @Test
    void shouldRefuseAMigrationThatWasChangedAfterwards() {
        Migration first = applied().getFirst();
        Migration changed = new Migration(first.script(), first.checksum() + 1);

        assertThatThrownBy(() -> check(pool, AT_ONCE).demand(List.of(changed))).hasMessageContaining(first.script());
    }

    @Test
    void shouldRefuseADatabaseThatNobodyHasFilled() {
        pool.query("DROP DATABASE IF EXISTS untouched").execute().await().atMost(SOON);
        pool.query("CREATE DATABASE untouched").execute().await().atMost(SOON);
        Pool untouched = pool(options().setDatabase("untouched"));
        try {
            assertThatThrownBy(() -> check(untouched, AT_ONCE).demand(List.of(NEXT)))
                    .hasMessageContaining(NEXT.script());
        } finally {
            untouched.close().await().atMost(SOON);
        }
    }

    @Test
    void shouldWaitForADatabaseThatIsAwayButNotForEver() {
        Pool away = pool(options().setHost("127.0.0.1").setPort(NOBODY_LISTENS));
        try {
            assertThatThrownBy(() -> check(away, AT_ONCE).demand(List.of(NEXT)))
                    .hasMessage("The database could not be asked for its schema.");
        } finally {
            away.close().await().atMost(SOON);
        }
    }

    private boolean hasLooked(String application) {
        return pool.preparedQuery(
                                "SELECT 1 FROM pg_stat_activity WHERE application_name = $1 AND query = $2 AND state = 'idle'")
                        .execute(Tuple.of(application, SchemaCheck.HISTORY))
                        .await()
                        .atMost(SOON)
                        .size()
                > 0;
    }

    private List<Migration> applied() {
        List<Migration> applied = new ArrayList<>();
        pool.query(SchemaCheck.HISTORY).execute().await().atMost(SOON).forEach(row -> applied.add(Migration.of(row)));
        return applied;
    }

    private static SchemaCheck check(Pool pool, Duration patience) {
        return new SchemaCheck(pool, false, patience);
    }

    private PgConnectOptions options() {
        return PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", ""))
                .setUser(user)
                .setPassword(password);
    }

    private static Pool pool(PgConnectOptions options) {
        return Pool.newInstance(io.vertx.sqlclient.Pool.pool(options, new PoolOptions().setMaxSize(1)));
    }
}
