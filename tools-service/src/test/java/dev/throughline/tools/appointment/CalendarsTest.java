package dev.throughline.tools.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a look at the book costs. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class CalendarsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Pool pool;

    CalendarsTest(Pool pool) {
        this.pool = pool;
    }

    @Test
    void shouldReadOnlyTheDaysAskedForWhateverTheAgeOfTheBook() {
        Salon salon = Salon.open();
        String lead = "00000000-0000-4000-8000-0000000000aa";
        AtomicReference<String> plan = new AtomicReference<>();

        pool.withTransaction(tx -> tx.preparedQuery("""
                                WITH visit AS (
                                    INSERT INTO appointment (id, tenant_id, lead_id, customer_name, items, price, starts_at,
                                                             ends_at, status, version)
                                    SELECT gen_random_uuid(), $1, $3::text::uuid, 'Somebody', '[]', 0, at,
                                           at + interval '30 minutes', 'scheduled', 1
                                      FROM generate_series(now() - interval '400 days', now() + interval '14 days',
                                                           interval '1 hour') AS at
                                    RETURNING id, starts_at, ends_at)
                                INSERT INTO blocked_time (tenant_id, appointment_id, resource_id, blocked, active)
                                SELECT $1, id, $2, tstzrange(starts_at, ends_at), true FROM visit""")
                        .execute(Tuple.of(salon.id(), salon.maria(), lead))
                        .chain(() -> tx.query("ANALYZE blocked_time").execute())
                        .chain(() -> explained(tx, salon))
                        .invoke(plan::set)
                        // Nobody else's tests are to meet ten thousand visits.
                        .chain(() -> Uni.createFrom().failure(new RollBack())))
                .onFailure(RollBack.class)
                .recoverWithNull()
                .await()
                .atMost(SOON);

        assertThat(plan.get()).contains("blocked_time_by_start").doesNotContain("Seq Scan");
        // Of some ten thousand rows those of the days, a margin before and after included.
        assertThat(rows(plan.get())).isBetween(1L, 600L);
    }

    private static final class RollBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Uni<String> explained(SqlClient tx, Salon salon) {
        LocalDate from = LocalDate.now(ZoneOffset.UTC);
        return tx.preparedQuery("EXPLAIN (ANALYZE, FORMAT TEXT, COSTS OFF, TIMING OFF) " + Calendars.BLOCKED)
                .execute(Tuple.of(
                                salon.id(),
                                Appointments.at(from.minusDays(3).atStartOfDay().toInstant(ZoneOffset.UTC)),
                                Appointments.at(from.plusDays(14).atStartOfDay().toInstant(ZoneOffset.UTC)),
                                Appointments.at(Instant.now()))
                        .addArrayOfUUID(new UUID[0]))
                .map(rows -> {
                    StringBuilder text = new StringBuilder();
                    rows.forEach(row -> text.append(row.getString(0)).append('\n'));
                    return text.toString();
                });
    }

    private static long rows(String plan) {
        var matcher = Pattern.compile("blocked_time_by_start.*?rows=(\\d+)").matcher(plan);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
    }
}
