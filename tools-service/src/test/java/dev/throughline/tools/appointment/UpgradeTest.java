package dev.throughline.tools.appointment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.platform.testing.PostgresTestResource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** A book that was kept before visits had several services and chairs is kept on. */
class UpgradeTest {

    private static final String SERVER = "jdbc:postgresql://" + PostgresTestResource.address() + "/";
    private static final String USER = "postgres";

    private static final String TENANT = "00000000-0000-0000-0000-000000000001";
    private static final String MARIA = "00000000-0000-0000-0000-000000000003";

    @Test
    void shouldKeepWhatWasBookedAndWhatItBlocks() throws SQLException {
        try (Connection server = DriverManager.getConnection(SERVER + "postgres", USER, USER);
                Statement statement = server.createStatement()) {
            statement.execute("CREATE DATABASE upgrade");
        }
        migrations().target("20").load().migrate();
        try (Connection book = DriverManager.getConnection(SERVER + "upgrade", USER, USER);
                Statement statement = book.createStatement()) {
            keepAnOldBook(statement);

            migrations().load().migrate();

            ResultSet visit = statement.executeQuery("""
                    SELECT price, jsonb_array_length(items) AS parts, items -> 0 ->> 'serviceName' AS service,
                           items -> 0 ->> 'staffId' AS staff, items -> 0 ->> 'start' AS starts,
                           items -> 0 ->> 'bufferBefore' AS before, items -> 0 ->> 'bufferAfter' AS after
                      FROM appointment WHERE status = 'scheduled'""");
            assertThat(visit.next()).isTrue();
            assertThat(visit.getBigDecimal("price")).isEqualByComparingTo("120");
            assertThat(visit.getInt("parts")).isEqualTo(1);
            assertThat(visit.getString("service")).isEqualTo("Colouring");
            assertThat(visit.getString("staff")).isEqualTo(MARIA);
            assertThat(visit.getString("starts")).isEqualTo("2027-03-02T15:00:00Z");
            assertThat(visit.getString("before")).isEqualTo("5");
            assertThat(visit.getString("after")).isEqualTo("10");
            assertThat(visit.next()).isFalse();

            // What is booked still keeps others out, what was cancelled does not.
            assertThatThrownBy(() -> block(statement, "2027-03-02 17:05Z", "2027-03-02 18:00Z"))
                    .hasMessageContaining("blocked_once");
            block(statement, "2027-03-02 19:00Z", "2027-03-02 21:00Z");
        }
    }

    private static FluentConfiguration migrations() {
        return Flyway.configure()
                .dataSource(SERVER + "upgrade", USER, USER)
                .outOfOrder(true)
                .locations("classpath:db/platform", "classpath:db/migration");
    }

    private static void keepAnOldBook(Statement statement) throws SQLException {
        statement.execute("""
                INSERT INTO tenant (id, name, time_zone, country, language, voice_path, settings, tool_secret_hashes, version)
                VALUES ('%1$s', 'Harbour Salon', 'America/New_York', 'US', 'en', 'BRIDGE', '{}', '{}', 1);
                INSERT INTO service (id, tenant_id, name, price, duration_minutes, buffer_before_minutes, buffer_after_minutes)
                VALUES ('00000000-0000-0000-0000-000000000002', '%1$s', 'Colouring', 120, 120, 5, 10);
                INSERT INTO staff (id, tenant_id, name) VALUES ('%2$s', '%1$s', 'Maria');""".formatted(TENANT, MARIA));
        visit(statement, "4", "15:00", "scheduled");
        visit(statement, "5", "19:00", "cancelled");
    }

    private static void visit(Statement statement, String id, String time, String status) throws SQLException {
        statement.execute("""
                INSERT INTO appointment (id, tenant_id, service_id, service_name, staff_id, staff_name, lead_id, customer_name,
                                         starts_at, ends_at, blocked, status, version)
                SELECT ('00000000-0000-0000-0000-00000000000' || '%s')::uuid, '%s', '00000000-0000-0000-0000-000000000002', 'Colouring',
                       '%s', 'Maria', '00000000-0000-0000-0000-000000000009', 'Anna Berger', at, at + interval '2 hours',
                       tstzrange(at - interval '5 minutes', at + interval '2 hours 10 minutes'), '%s', 1
                  FROM (SELECT '2027-03-02 %s Z'::timestamptz AS at) AS start""".formatted(id, TENANT, MARIA, status, time));
    }

    private static void block(Statement statement, String from, String to) throws SQLException {
        statement.execute("""
                INSERT INTO blocked_time (tenant_id, appointment_id, resource_id, blocked, active)
                SELECT tenant_id, id, '%s', tstzrange('%s', '%s'), true FROM appointment LIMIT 1""".formatted(MARIA, from, to));
    }
}
