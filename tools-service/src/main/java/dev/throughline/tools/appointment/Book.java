package dev.throughline.tools.appointment;

import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.tools.appointment.Appointment.Status;
import dev.throughline.tools.availability.Calendar;
import dev.throughline.tools.availability.Slot;
import dev.throughline.tools.availability.SlotEngine;
import dev.throughline.tools.availability.SlotRequest;
import dev.throughline.tools.catalog.Service;
import dev.throughline.tools.catalog.StaffMember;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Changes the book, always in the caller's transaction and always by what the slot engine says. An empty or refused answer has written
 * nothing.
 */
@Singleton
public class Book {

    /** Once per person who could lose the race for a start, and a few for good measure. */
    private static final int MAX_RACES = 10;

    private final Appointments appointments;
    private final Calendars calendars;
    private final BookingConfig config;
    private final Clock clock;

    Book(Appointments appointments, Calendars calendars, BookingConfig config, Clock clock) {
        this.appointments = appointments;
        this.calendars = calendars;
        this.config = config;
        this.clock = clock;
    }

    /**
     * What shall be booked.
     *
     * @param starts what may be meant, the likelier first, never empty; the first that is a slot is booked
     * @param staffId null = anybody who does the service
     * @param staff all of the tenant
     */
    public record Wish(
            Tenant tenant,
            Service service,
            List<Instant> starts,
            @Nullable UUID staffId,
            List<StaffMember> staff) {}

    /** Books. */
    public Uni<Outcome> book(SqlClient tx, Wish wish, Customer customer, @Nullable String notes) {
        UUID id = UUID.randomUUID();
        return choose(tx, wish, null, MAX_RACES, slot -> {
            Appointment appointment = appointment(id, wish, slot, customer, notes);
            return appointments
                    .insert(tx, appointment, slot.blocked())
                    .map(written -> written
                            ? Optional.of(new Outcome.Done(
                                    appointment, AppointmentEvents.booked(appointment, clock.instant())))
                            : Optional.empty());
        });
    }

    /**
     * Moves an appointment; the old time stays unless the new one is got. Empty when there is no such appointment or it no longer
     * stands. Fails with {@code 23P01} or {@code 40P01} when the new time was taken at the same moment: the transaction is then to be
     * rolled back and the call repeated, which refuses.
     */
    public Uni<Optional<Outcome>> move(SqlClient tx, UUID id, Wish wish) {
        return appointments.lock(tx, wish.tenant().id(), id).chain(found -> {
            if (found.isEmpty() || found.get().status() != Status.SCHEDULED) {
                return Uni.createFrom().item(Optional.<Outcome>empty());
            }
            Appointment before = found.get();
            return choose(tx, wish, id, 1, slot -> {
                        Appointment moved = before.moved(slot.workerId(), slot.workerName(), slot.start(), slot.end());
                        Outcome.Done done = new Outcome.Done(
                                moved, List.of(AppointmentEvents.moved(moved, before.start(), clock.instant())));
                        return appointments.move(tx, moved, slot.blocked()).replaceWith(Optional.of(done));
                    })
                    .map(Optional::of);
        });
    }

    /** Cancels; an appointment that is cancelled already stays as it is, without an event. Empty when there is no such appointment. */
    public Uni<Optional<Outcome.Done>> cancel(SqlClient tx, UUID tenantId, UUID id, @Nullable String reason) {
        return appointments.lock(tx, tenantId, id).chain(found -> {
            if (found.isEmpty() || found.get().status() != Status.SCHEDULED) {
                return Uni.createFrom().item(found.map(one -> new Outcome.Done(one, List.of())));
            }
            Appointment cancelled = found.get().cancelled(reason);
            Outcome.Done done = new Outcome.Done(
                    cancelled, List.of(AppointmentEvents.cancelled(cancelled, reason, clock.instant())));
            return appointments.cancel(tx, cancelled).replaceWith(Optional.of(done));
        });
    }

    /** Takes the first slot of the wish that can be had; looks again when somebody was faster. */
    private Uni<Outcome> choose(
            SqlClient tx,
            Wish wish,
            @Nullable UUID except,
            int races,
            Function<Slot, Uni<Optional<Outcome.Done>>> take) {
        LocalDate wished =
                LocalDate.ofInstant(wish.starts().getFirst(), wish.tenant().zone());
        LocalDate today = LocalDate.ofInstant(clock.instant(), wish.tenant().zone());
        // A wish for the past is answered with what comes next.
        LocalDate day = wished.isBefore(today) ? today : wished;
        SlotRequest request = request(wish.service(), wish.staffId(), day, day.plusDays(config.searchDays()));
        return calendars
                .read(tx, wish.tenant(), wish.staff(), day.minusDays(1), request.to(), except)
                .chain(calendar -> {
                    Optional<Slot> slot = first(wish.starts(), calendar, request);
                    if (slot.isEmpty() || races == 0) {
                        Instant start = wish.starts().getFirst();
                        return Uni.createFrom().item((Outcome) Refusals.of(start, calendar, request, config.options()));
                    }
                    return take.apply(slot.get())
                            .chain(done -> done.isPresent()
                                    ? Uni.createFrom().item((Outcome) done.get())
                                    : choose(tx, wish, except, races - 1, take));
                });
    }

    private static Optional<Slot> first(List<Instant> starts, Calendar calendar, SlotRequest request) {
        return starts.stream()
                .flatMap(start -> SlotEngine.at(start, calendar, request).stream())
                .findFirst();
    }

    /** A request of now, by this installation's rules. */
    public SlotRequest request(Service service, @Nullable UUID staffId, LocalDate from, LocalDate to) {
        return new SlotRequest(Calendars.need(service), from, to, staffId, clock.instant(), config.rules());
    }

    private static Appointment appointment(UUID id, Wish wish, Slot slot, Customer customer, @Nullable String notes) {
        UUID tenantId = wish.tenant().id();
        UUID leadId = customer.leadId();
        return new Appointment(
                id,
                tenantId,
                wish.service().id(),
                wish.service().name(),
                slot.workerId(),
                slot.workerName(),
                leadId == null
                        ? LeadIds.of(tenantId, new ContactAddress(ContactAddress.Kind.CALL, id.toString()))
                        : leadId,
                customer.name(),
                customer.phone(),
                customer.email(),
                notes,
                slot.start(),
                slot.end(),
                Status.SCHEDULED,
                1,
                null);
    }
}
