package dev.throughline.tools.appointment;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.tools.availability.Calendar;
import dev.throughline.tools.availability.Calendar.Booking;
import dev.throughline.tools.availability.Calendar.Worker;
import dev.throughline.tools.availability.SlotRequest.Need;
import dev.throughline.tools.availability.TimeSpan;
import dev.throughline.tools.availability.WorkingWeek;
import dev.throughline.tools.catalog.Service;
import dev.throughline.tools.catalog.StaffMember;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the calendar the slot engine decides by. */
@Singleton
public class Calendars {

    /** Visits and buffers that reach over midnight into the days asked for, and the widest service with its buffers. */
    private static final Duration MARGIN = Duration.ofHours(48);

    /**
     * The calendar of some days.
     *
     * @param from first day, inclusive, in the tenant's zone
     * @param to last day, inclusive
     * @param except an appointment that does not count, because it is the one to be moved; null = none
     */
    public Uni<Calendar> read(
            SqlClient client,
            Tenant tenant,
            List<StaffMember> staff,
            LocalDate from,
            LocalDate to,
            @Nullable UUID except) {
        String sql = """
                SELECT staff_id, lower(blocked) AS blocked_from, upper(blocked) AS blocked_to
                  FROM appointment
                 WHERE staff_id = ANY ($1) AND status = 'scheduled' AND blocked && tstzrange($2, $3)
                   AND ($4::uuid IS NULL OR id <> $4)""";
        Tuple values = Tuple.tuple()
                .addArrayOfUUID(staff.stream().map(StaffMember::id).toArray(UUID[]::new))
                .addOffsetDateTime(Appointments.at(
                        from.atStartOfDay(tenant.zone()).toInstant().minus(MARGIN)))
                .addOffsetDateTime(Appointments.at(
                        to.plusDays(1).atStartOfDay(tenant.zone()).toInstant().plus(MARGIN)))
                .addUUID(except);
        return client.preparedQuery(sql)
                .execute(values)
                .map(rows -> new Calendar(
                        tenant.zone(),
                        WorkingWeek.of(tenant.settings().businessHours()),
                        staff.stream().map(Calendars::worker).toList(),
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(Calendars::booking)
                                .toList()));
    }

    /** The time a service takes. */
    public static Need need(Service service) {
        return new Need(
                service.id(),
                Duration.ofMinutes(service.durationMinutes()),
                Duration.ofMinutes(service.bufferBeforeMinutes()),
                Duration.ofMinutes(service.bufferAfterMinutes()));
    }

    private static Worker worker(StaffMember member) {
        return new Worker(
                member.id(),
                member.name(),
                Optional.ofNullable(member.serviceIds()),
                Optional.ofNullable(member.workingHours()).map(WorkingWeek::of));
    }

    private static Booking booking(Row row) {
        return new Booking(
                row.getUUID("staff_id"),
                new TimeSpan(
                        row.getOffsetDateTime("blocked_from").toInstant(),
                        row.getOffsetDateTime("blocked_to").toInstant()));
    }
}
