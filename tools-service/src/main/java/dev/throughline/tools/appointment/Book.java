package dev.throughline.tools.appointment;

import dev.throughline.events.RecordedEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.tools.appointment.Appointment.Status;
import dev.throughline.tools.catalog.Offering;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes the book, always in the caller's transaction and always by what the slot engine says. An empty or refused answer has written
 * nothing: what stood before stands.
 */
@Singleton
public class Book {

    private final Appointments appointments;
    private final BookRows rows;
    private final SlotTaking taking;
    private final BookingConfig config;
    private final Clock clock;

    Book(Appointments appointments, BookRows rows, SlotTaking taking, BookingConfig config, Clock clock) {
        this.appointments = appointments;
        this.rows = rows;
        this.taking = taking;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Who may confirm a hold: its id, or the conversation it was made in.
     *
     * @param key of the conversation; null when it is not known
     * @param holdId null when none was named
     */
    public record Holder(@Nullable String key, @Nullable UUID holdId) {

        /** Nobody who could have held anything. */
        public static final Holder NOBODY = new Holder(null, null);
    }

    /**
     * Books. What the holder holds is given up for it; when that is the very time wished for, this confirms the hold, also one that has
     * run out, as long as nobody took the time.
     */
    public Uni<Outcome> book(SqlClient tx, Wish wish, Customer customer, @Nullable String notes, Holder holder) {
        return held(tx, wish.tenant().id(), holder).chain(hold -> {
            UUID id = hold.map(Appointment::id).orElseGet(UUID::randomUUID);
            return taking.take(tx, wish, Standing.of(hold), slot -> {
                Appointment booked = new Appointment(
                        id,
                        wish.tenant().id(),
                        lead(wish, customer, id),
                        customer,
                        notes,
                        wish.taking(slot),
                        Status.SCHEDULED,
                        1,
                        null,
                        null);
                return written(tx, booked, null, null, AppointmentEvents.booked(booked, clock.instant()));
            });
        });
    }

    /** Holds a start for the holder, for as long as the installation says; a holder has one hold, the latest. Nothing is published. */
    public Uni<Outcome> hold(SqlClient tx, Wish wish, Customer customer, Holder holder) {
        Instant now = clock.instant();
        UUID tenantId = wish.tenant().id();
        return rows.deleteOldHolds(tx, tenantId, now)
                .chain(() -> held(tx, tenantId, holder))
                .chain(before -> {
                    UUID id = before.map(Appointment::id).orElseGet(UUID::randomUUID);
                    String key = holder.key() == null ? id.toString() : holder.key();
                    return taking.take(tx, wish, Standing.of(before), slot -> {
                        Appointment hold = new Appointment(
                                id,
                                tenantId,
                                lead(wish, customer, id),
                                customer,
                                null,
                                wish.taking(slot),
                                Status.HELD,
                                0,
                                null,
                                now.plus(config.hold()));
                        return written(tx, hold, key, null, List.of());
                    });
                });
    }

    /**
     * Moves an appointment; the old time stays unless the new one is got, and then what the holder holds is given up. An appointment that
     * is there already stays as it is, without an event. Empty when there is no such appointment or it no longer stands.
     *
     * @param starts what may be meant, the likelier first, never empty
     * @param staffId who shall do it; null = who does it now if free, else anybody
     */
    public Uni<Optional<Outcome>> move(
            SqlClient tx,
            Tenant tenant,
            Offering offering,
            UUID id,
            List<Instant> starts,
            @Nullable UUID staffId,
            Holder holder) {
        return appointments.lock(tx, tenant.id(), id).chain(found -> {
            if (found.isEmpty() || found.get().status() != Status.SCHEDULED) {
                return Uni.createFrom().item(Optional.<Outcome>empty());
            }
            Appointment before = found.get();
            if (isThere(before, starts, staffId)) {
                return Uni.createFrom().item(Optional.<Outcome>of(new Outcome.Done(before, List.of())));
            }
            Wish wish = new Wish(tenant, offering, parts(before, offering, staffId), starts);
            return held(tx, tenant.id(), holder)
                    .chain(hold -> move(tx, wish, before, hold.orElse(null)))
                    .map(Optional::of);
        });
    }

    private Uni<Outcome> move(SqlClient tx, Wish wish, Appointment before, @Nullable Appointment hold) {
        UUID givenUp = hold == null ? null : hold.id();
        return taking.take(tx, wish, new Standing(before, givenUp), slot -> {
            Appointment moved = before.moved(wish.taking(slot));
            return written(
                    tx, moved, null, givenUp, List.of(AppointmentEvents.moved(moved, before.start(), clock.instant())));
        });
    }

    private static boolean isThere(Appointment before, List<Instant> starts, @Nullable UUID staffId) {
        return starts.contains(before.start())
                && before.items().stream()
                        .allMatch(item -> staffId == null || item.staffId().equals(staffId));
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
            return rows.cancel(tx, cancelled).replaceWith(Optional.of(done));
        });
    }

    /** The holder's hold, run out or not; nobody else changes it until the transaction ends. Empty when there is none. */
    public Uni<Optional<Appointment>> held(SqlClient tx, UUID tenantId, Holder holder) {
        Uni<Optional<Appointment>> named = holder.holdId() == null
                ? Uni.createFrom().item(Optional.empty())
                : rows.hold(tx, tenantId, holder.holdId());
        return named.chain(found -> found.isPresent() || holder.key() == null
                ? Uni.createFrom().item(found)
                : rows.holdOf(tx, tenantId, holder.key()));
    }

    private Uni<Optional<Outcome.Done>> written(
            SqlClient tx,
            Appointment appointment,
            @Nullable String holder,
            @Nullable UUID givenUp,
            List<RecordedEvent> events) {
        return rows.put(tx, appointment, holder, givenUp, clock.instant())
                .map(written -> written ? Optional.of(new Outcome.Done(appointment, events)) : Optional.empty());
    }

    private static List<Wish.Part> parts(Appointment before, Offering offering, @Nullable UUID staffId) {
        List<Wish.Part> parts = before.items().stream()
                .map(item -> Wish.Part.of(item, offering))
                .toList();
        return Wish.with(staffId, parts, offering);
    }

    private static UUID lead(Wish wish, Customer customer, UUID id) {
        UUID known = customer.leadId();
        return known == null
                ? LeadIds.of(wish.tenant().id(), new ContactAddress(ContactAddress.Kind.CALL, id.toString()))
                : known;
    }
}
