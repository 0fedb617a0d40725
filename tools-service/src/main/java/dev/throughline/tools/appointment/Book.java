package dev.throughline.tools.appointment;

import dev.throughline.events.RecordedEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.tools.appointment.Appointment.Status;
import dev.throughline.tools.availability.Calendar;
import dev.throughline.tools.availability.Slot;
import dev.throughline.tools.availability.SlotEngine;
import dev.throughline.tools.availability.SlotRequest;
import dev.throughline.tools.catalog.Offering;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes the book, always in the caller's transaction and always by what the slot engine says. An empty or refused answer has written
 * nothing: what stood before stands.
 */
@Singleton
public class Book {

    /** Once per person who could lose the race for a start, and a few for good measure. */
    private static final int MAX_RACES = 10;

    private final Appointments appointments;
    private final BookRows rows;
    private final Calendars calendars;
    private final BookingConfig config;
    private final Clock clock;

    Book(Appointments appointments, BookRows rows, Calendars calendars, BookingConfig config, Clock clock) {
        this.appointments = appointments;
        this.rows = rows;
        this.calendars = calendars;
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
            return choose(tx, wish, Standing.of(hold), MAX_RACES, slot -> {
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
                    return choose(tx, wish, Standing.of(before), MAX_RACES, slot -> {
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
        return choose(tx, wish, new Standing(before, givenUp), MAX_RACES, slot -> {
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

    /** A request of now for the services of a wish, by their rules and this installation's. */
    public SlotRequest request(List<Wish.Part> parts, LocalDate from, LocalDate to) {
        return new SlotRequest(
                parts.stream()
                        .map(part -> new SlotRequest.Item(part.need(), part.staffId()))
                        .toList(),
                from,
                to,
                clock.instant(),
                config.rules(parts.stream().map(Wish.Part::rules).toList()));
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

    /**
     * What a wish would change, whose time is therefore free.
     *
     * @param changed the appointment or hold it becomes, whose staff is preferred; null = a new one
     * @param givenUp a hold that ends with it; null = none
     */
    private record Standing(
            @Nullable Appointment changed, @Nullable UUID givenUp) {

        static Standing of(Optional<Appointment> changed) {
            return new Standing(changed.orElse(null), null);
        }

        List<UUID> ids() {
            return Stream.of(Optional.ofNullable(changed).map(Appointment::id), Optional.ofNullable(givenUp))
                    .flatMap(Optional::stream)
                    .toList();
        }
    }

    /**
     * Takes the first slot of the wish that can be had; looks again when somebody was faster. Only for a refusal, which names what comes
     * nearest, are more days read than the one wished for.
     *
     * @param standing what is changed or given up for it
     */
    private Uni<Outcome> choose(
            SqlClient tx, Wish wish, Standing standing, int races, Function<Slot, Uni<Optional<Outcome.Done>>> take) {
        Instant start = wish.starts().getFirst();
        LocalDate wished = LocalDate.ofInstant(start, wish.tenant().zone());
        LocalDate today = LocalDate.ofInstant(clock.instant(), wish.tenant().zone());
        // A wish for the past is answered with what comes next.
        LocalDate day = wished.isBefore(today) ? today : wished;
        SlotRequest request = request(wish.parts(), day, day.plusDays(config.searchDays()));
        return calendar(tx, wish, day, day, standing)
                .map(calendar -> meant(wish, calendar, request, standing.changed()))
                .chain(slots -> {
                    if (slots.size() > 1) {
                        return Uni.createFrom().item(new Outcome.Refused(Outcome.Reason.TIME_UNCLEAR, slots));
                    }
                    if (slots.isEmpty() || races == 0) {
                        return calendar(tx, wish, day, request.to(), standing)
                                .map(calendar -> Refusals.of(start, calendar, request, config.options()));
                    }
                    return take.apply(slots.getFirst())
                            .chain(done -> done.isPresent()
                                    ? Uni.createFrom().item((Outcome) done.get())
                                    : choose(tx, wish, standing, races - 1, take));
                });
    }

    private Uni<Calendar> calendar(SqlClient tx, Wish wish, LocalDate from, LocalDate to, Standing standing) {
        return calendars.read(tx, wish.tenant(), wish.offering(), from.minusDays(1), to, standing.ids());
    }

    /**
     * The slots that may be meant: one of each time of day that was said and can be had, by the same staff if they are free. A time that
     * comes twice, because the clocks go back, is meant the first time; a time that is being held is meant.
     */
    private static List<Slot> meant(Wish wish, Calendar calendar, SlotRequest request, @Nullable Appointment changed) {
        Comparator<Slot> sameStaffFirst =
                Comparator.comparing(slot -> changed == null || !slot.workerId().equals(changed.staffId()));
        Map<LocalDateTime, Slot> found = new LinkedHashMap<>();
        for (Instant start : wish.starts()) {
            SlotEngine.at(start, calendar, request).stream()
                    .min(sameStaffFirst)
                    .ifPresent(slot -> found.putIfAbsent(LocalDateTime.ofInstant(start, calendar.zone()), slot));
        }
        return found.values().stream()
                .filter(slot -> changed != null
                        && changed.status() == Status.HELD
                        && slot.start().equals(changed.start()))
                .findFirst()
                .map(List::of)
                .orElseGet(() -> List.copyOf(found.values()));
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
