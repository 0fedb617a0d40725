package dev.throughline.tools.appointment;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.tools.availability.Calendar;
import dev.throughline.tools.availability.Calendar.Booking;
import dev.throughline.tools.availability.OpenSpan;
import dev.throughline.tools.availability.TimeSpan;
import dev.throughline.tools.availability.WorkingWeek;
import dev.throughline.tools.catalog.Chair;
import dev.throughline.tools.catalog.Offering;
import dev.throughline.tools.catalog.StaffMember;
import dev.throughline.tools.catalog.WorkingDay;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads the calendar the slot engine decides by. */
@Singleton
public class Calendars {

    /** The longest stretch one service can block, as the table checks: what began earlier cannot reach into the days asked for. */
    private static final Duration LONGEST_BLOCK = Duration.ofHours(48);

    /** How far a visit that begins on the last day can reach, waits and buffers included. */
    private static final int DAYS_OF_A_VISIT = 4;

    /** One row for each person and chair, so that a full book costs few rows. */
    static final String BLOCKED = """
            SELECT resource_id,
                   array_agg(extract(epoch FROM lower(blocked))::bigint ORDER BY lower(blocked)) AS froms,
                   array_agg(ceil(extract(epoch FROM upper(blocked)))::bigint ORDER BY lower(blocked)) AS tos
              FROM blocked_time
             WHERE tenant_id = $1 AND active AND lower(blocked) >= $2 AND lower(blocked) < $3
               AND (held_until IS NULL OR held_until > $4) AND appointment_id <> ALL ($5)
             GROUP BY resource_id""";

    private final Clock clock;

    Calendars(Clock clock) {
        this.clock = clock;
    }

    /**
     * The calendar of some days. Reads the blocked time of those days and no other, whatever the age of the book.
     *
     * @param from first day, inclusive, in the tenant's zone
     * @param to last day, inclusive
     * @param except appointments and holds that do not count, because they are changed or given up
     */
    public Uni<Calendar> read(
            SqlClient client, Tenant tenant, Offering offering, LocalDate from, LocalDate to, Collection<UUID> except) {
        LocalDate first = from.minusDays(1);
        LocalDate last = to.plusDays(DAYS_OF_A_VISIT);
        Tuple values = Tuple.tuple()
                .addUUID(tenant.id())
                .addOffsetDateTime(Appointments.at(
                        first.atStartOfDay(tenant.zone()).toInstant().minus(LONGEST_BLOCK)))
                .addOffsetDateTime(
                        Appointments.at(last.atStartOfDay(tenant.zone()).toInstant()))
                .addOffsetDateTime(Appointments.at(clock.instant()))
                .addArrayOfUUID(except.toArray(UUID[]::new));
        return client.preparedQuery(BLOCKED).execute(values).map(rows -> calendar(tenant, offering, first, last, rows));
    }

    private static Calendar calendar(
            Tenant tenant, Offering offering, LocalDate first, LocalDate last, RowSet<Row> rows) {
        ZoneId zone = tenant.zone();
        List<Booking> bookings = new ArrayList<>();
        rows.forEach(row -> addBookings(row, bookings));
        return new Calendar(
                zone,
                WorkingWeek.of(tenant.settings().businessHours()),
                offering.closures().stream()
                        .flatMap(closure -> closure.within(first, last).stream())
                        .map(one -> TimeSpan.of(one.from(), one.to(), zone))
                        .toList(),
                offering.staff().stream().map(member -> worker(member, zone)).toList(),
                offering.chairs().stream().map(Calendars::chair).toList(),
                bookings);
    }

    private static void addBookings(Row row, List<Booking> bookings) {
        UUID resource = row.getUUID("resource_id");
        Long[] froms = row.getArrayOfLongs("froms");
        Long[] tos = row.getArrayOfLongs("tos");
        for (int i = 0; i < froms.length; i++) {
            bookings.add(new Booking(
                    resource, new TimeSpan(Instant.ofEpochSecond(froms[i]), Instant.ofEpochSecond(tos[i]))));
        }
    }

    private static Calendar.Worker worker(StaffMember member, ZoneId zone) {
        Map<String, WorkingDay> hours = member.workingHours();
        return new Calendar.Worker(
                member.id(),
                member.name(),
                Optional.ofNullable(member.serviceIds()),
                Optional.ofNullable(hours).map(days -> week(days, day -> List.of(span(day.open(), day.close())))),
                hours == null
                        ? WorkingWeek.NONE
                        : week(hours, day -> day.breaks().stream()
                                .map(pause -> span(pause.from(), pause.to()))
                                .toList()),
                member.timeOff().stream()
                        .map(off -> TimeSpan.of(off.from(), off.to(), zone))
                        .toList());
    }

    private static WorkingWeek week(Map<String, WorkingDay> hours, Function<WorkingDay, List<OpenSpan>> spans) {
        Map<DayOfWeek, List<OpenSpan>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            WorkingDay work = hours.get(day.name().toLowerCase(Locale.ROOT));
            if (work != null && work.enabled()) {
                week.put(day, spans.apply(work));
            }
        }
        return new WorkingWeek(week);
    }

    private static OpenSpan span(String from, String to) {
        return new OpenSpan(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static Calendar.Chair chair(Chair chair) {
        return new Calendar.Chair(chair.id(), chair.name(), Optional.ofNullable(chair.serviceIds()));
    }
}
