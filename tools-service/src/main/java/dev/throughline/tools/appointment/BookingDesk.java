package dev.throughline.tools.appointment;

import dev.throughline.events.EventIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.web.Problem;
import dev.throughline.tools.availability.SpokenTime;
import dev.throughline.tools.catalog.Catalog;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Books and moves for operators: the change, its remembered answer and its events are one transaction; a refusal is a {@link Problem}. */
@Singleton
class BookingDesk {

    private static final int MAX_KEY = 200;

    private final Catalog catalog;
    private final Book book;
    private final Repeats repeats;
    private final Pool pool;
    private final Outbox outbox;
    private final Clock clock;

    BookingDesk(Catalog catalog, Book book, Repeats repeats, Pool pool, Outbox outbox, Clock clock) {
        this.catalog = catalog;
        this.book = book;
        this.repeats = repeats;
        this.pool = pool;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Fails with 409 when the time cannot be had, 400 naming what is wrong with the draft. */
    Uni<AppointmentAnswer> book(Tenant tenant, AppointmentDraft draft, Customer customer) {
        String notes = draft.notes(new ArrayList<>());
        return once(tenant, "book", draft.idempotencyKey(), tx -> catalog.read(tx, tenant.id())
                .map(offering -> draft.wish(tenant, offering))
                .chain(wish -> book.book(tx, wish, customer, notes, Book.Holder.NOBODY)));
    }

    /** Fails with 404 when there is no such appointment, 409 when it no longer stands or the time cannot be had. */
    Uni<AppointmentAnswer> move(
            Tenant tenant, UUID id, Instant start, @Nullable UUID staffId, @Nullable String idempotencyKey) {
        return once(tenant, "reschedule:" + id, idempotencyKey, tx -> catalog.read(tx, tenant.id())
                .chain(offering -> {
                    if (staffId != null && offering.member(staffId).isEmpty()) {
                        throw Problem.invalid("staffId", "is not a staff member of this tenant");
                    }
                    return book.move(tx, tenant, offering, id, List.of(start), staffId, Book.Holder.NOBODY);
                })
                .map(outcome -> outcome.orElseThrow(() -> Problem.of(
                        404,
                        "APPOINTMENT_NOT_FOUND",
                        "There is no such appointment, or it does not stand any more."))));
    }

    private Uni<AppointmentAnswer> once(
            Tenant tenant, String action, @Nullable String key, Function<SqlClient, Uni<Outcome>> work) {
        if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
            throw Problem.invalid("idempotencyKey", "must have 1 to " + MAX_KEY + " characters");
        }
        return LostRaces.retry(pool.withTransaction(tx -> key == null
                ? work.apply(tx).chain(outcome -> done(tx, tenant, outcome)).map(one -> answer(one, tenant))
                : once(tx, tenant, EventIds.of("idempotency-key", action, key).toString(), work)));
    }

    private Uni<AppointmentAnswer> once(
            SqlClient tx, Tenant tenant, String key, Function<SqlClient, Uni<Outcome>> work) {
        return repeats.claim(tx, tenant.id(), key, AppointmentAnswer.class)
                .chain(first -> first.isPresent()
                        ? Uni.createFrom().item(first.get())
                        : work.apply(tx)
                                .chain(outcome -> done(tx, tenant, outcome))
                                .chain(one -> repeats.remember(tx, key, answer(one, tenant), one)
                                        .replaceWith(answer(one, tenant))));
    }

    /** Appends the events; fails with the refusal, which also rolls the claim of the key back. */
    private Uni<Appointment> done(SqlClient tx, Tenant tenant, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> outbox.append(tx, done.events()).replaceWith(done.appointment());
            case Outcome.Refused refused -> Uni.createFrom().failure(problem(refused, tenant));
        };
    }

    private static AppointmentAnswer answer(Appointment appointment, Tenant tenant) {
        return AppointmentAnswer.of(appointment, tenant.zone());
    }

    private Problem problem(Outcome.Refused refused, Tenant tenant) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), tenant.zone());
        String why =
                switch (refused.reason()) {
                    case IN_THE_PAST -> "The time has passed.";
                    case TOO_SOON -> "The time is within the notice of the service.";
                    case TOO_FAR_AHEAD -> "The day is beyond the horizon.";
                    case NO_STAFF -> "Nobody who was asked for does the service.";
                    case CLOSED -> "The business is closed then.";
                    case STAFF_AWAY -> "Nobody who does it works then.";
                    case SLOT_TAKEN -> "The time is taken.";
                    case TIME_UNCLEAR -> "The time is not clear.";
                    case SLOT_NOT_OFFERED -> "Visits do not begin at that time.";
                };
        String nearest = refused.nearest().isEmpty() ? "" : " The nearest is " + spoken(refused, tenant, today) + ".";
        return Problem.conflict(refused.reason().name(), why + nearest)
                .alternatives(refused.nearest().stream()
                        .map(slot -> Alternative.of(slot, tenant.zone()))
                        .toList());
    }

    private static String spoken(Outcome.Refused refused, Tenant tenant, LocalDate today) {
        ZonedDateTime start = refused.nearest().getFirst().start().atZone(tenant.zone());
        return SpokenTime.dayAndTime(start.toLocalDate(), start.toLocalTime(), today);
    }
}
