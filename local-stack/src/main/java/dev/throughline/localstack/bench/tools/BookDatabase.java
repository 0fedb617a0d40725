package dev.throughline.localstack.bench.tools;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.IntPredicate;

/** The service's database, for what a run must find in it and for the plain SQL that the service's work is measured beside. */
final class BookDatabase implements AutoCloseable {

    private static final int MINUTES = 30;

    private final Connection connection;
    private final UUID tenant;

    /** @param url JDBC, with user and password */
    BookDatabase(String url, UUID tenant) throws SQLException {
        this.connection = DriverManager.getConnection(url);
        this.tenant = tenant;
    }

    /**
     * Books every day from {@code first} on, the same for each person, ten half hours from nine in the zone of the business, until there are
     * {@code bookings}.
     *
     * @param step of days: 1 forward, -1 back
     */
    void seed(UUID service, LocalDate first, int step, int bookings) throws SQLException {
        String sql = """
                WITH free AS (
                    SELECT s.id AS staff, s.name AS staff_name,
                           ((?::date + (d * ?)) + time '09:00' + n * interval '30 minutes') AT TIME ZONE 'America/New_York' AS starts
                      FROM generate_series(0, 100000) AS d,
                           generate_series(0, 9) AS n,
                           staff s
                     WHERE s.tenant_id = ?
                       AND d < ceil(?::numeric / 10 / (SELECT count(*) FROM staff WHERE tenant_id = ?))
                ), visit AS (
                    SELECT gen_random_uuid() AS id, free.* FROM free LIMIT ?
                ), booked AS (
                    INSERT INTO appointment (id, tenant_id, lead_id, customer_name, starts_at, ends_at, status, version, items, price)
                    SELECT id, ?, gen_random_uuid(), 'A customer', starts, starts + interval '30 minutes', 'scheduled', 1,
                           jsonb_build_array(jsonb_build_object(
                               'serviceId', ?, 'serviceName', 'Haircut', 'staffId', staff, 'staffName', staff_name,
                               'start', to_char(starts AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                               'end', to_char((starts + interval '30 minutes') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                               'bufferBefore', 0, 'bufferAfter', 0, 'price', 50, 'addOns', '[]'::jsonb)), 50
                      FROM visit
                )
                INSERT INTO blocked_time (tenant_id, appointment_id, resource_id, blocked, active)
                SELECT ?, id, staff, tstzrange(starts, starts + interval '30 minutes'), true FROM visit""";
        // The two inserts of one statement do not see each other, so the key is checked when both are done.
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, first);
            insert.setInt(2, step);
            insert.setObject(3, tenant);
            insert.setInt(4, bookings);
            insert.setObject(5, tenant);
            insert.setInt(6, bookings);
            insert.setObject(7, tenant);
            insert.setString(8, service.toString());
            insert.setObject(9, tenant);
            insert.executeUpdate();
        }
        try (var statement = connection.createStatement()) {
            statement.execute("ANALYZE appointment, blocked_time");
        }
    }

    /** The query a look at the calendar needs, one after the other. */
    Figures calendarQuery(LocalDate first, int days, Duration window) throws SQLException, InterruptedException {
        String sql = """
                SELECT resource_id,
                       array_agg(extract(epoch FROM lower(blocked))::bigint ORDER BY lower(blocked)) AS froms,
                       array_agg(ceil(extract(epoch FROM upper(blocked)))::bigint ORDER BY lower(blocked)) AS tos
                  FROM blocked_time
                 WHERE tenant_id = ? AND active AND lower(blocked) >= ? AND lower(blocked) < ?
                   AND (held_until IS NULL OR held_until > now())
                 GROUP BY resource_id""";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setObject(1, tenant);
            query.setObject(2, first.minusDays(3).atStartOfDay().atOffset(ZoneOffset.UTC));
            query.setObject(3, first.plusDays(days + 4L).atStartOfDay().atOffset(ZoneOffset.UTC));
            return Load.closed(
                    1,
                    window,
                    number -> done(() -> {
                        try (var rows = query.executeQuery()) {
                            while (rows.next()) {
                                rows.getArray(2);
                            }
                        }
                    }));
        }
    }

    /** The rows a booking writes, in one transaction each, one after the other; rolled back is nothing. */
    Figures bookingInserts(Duration window) throws SQLException, InterruptedException {
        connection.setAutoCommit(false);
        try (PreparedStatement appointment = connection.prepareStatement("""
                        INSERT INTO appointment (id, tenant_id, lead_id, customer_name, starts_at, ends_at, status, version, items, price)
                        VALUES (?, ?, ?, 'A customer', ?, ?, 'scheduled', 1, '[]', 50)""");
                PreparedStatement blocked = connection.prepareStatement("""
                        INSERT INTO blocked_time (tenant_id, appointment_id, resource_id, blocked, active)
                        VALUES (?, ?, ?, tstzrange(?, ?), true) ON CONFLICT DO NOTHING""")) {
            UUID person = UUID.randomUUID();
            IntPredicate insert = number -> done(() -> {
                var starts = LocalDate.of(2100, 1, 1)
                        .atStartOfDay()
                        .atOffset(ZoneOffset.UTC)
                        .plusMinutes((long) MINUTES * number);
                UUID id = UUID.randomUUID();
                appointment.setObject(1, id);
                appointment.setObject(2, tenant);
                appointment.setObject(3, UUID.randomUUID());
                appointment.setObject(4, starts);
                appointment.setObject(5, starts.plusMinutes(MINUTES));
                appointment.executeUpdate();
                blocked.setObject(1, tenant);
                blocked.setObject(2, id);
                blocked.setObject(3, person);
                blocked.setObject(4, starts);
                blocked.setObject(5, starts.plusMinutes(MINUTES));
                blocked.executeUpdate();
                connection.commit();
            });
            return Load.closed(1, window, insert);
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static boolean done(Statement statement) {
        try {
            statement.run();
            return true;
        } catch (SQLException failed) {
            throw new IllegalStateException("the plain SQL does not fit the schema any more", failed);
        }
    }

    /** SQL that may fail. */
    @FunctionalInterface
    private interface Statement {
        void run() throws SQLException;
    }
}
