package dev.throughline.tools.appointment;

import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import dev.throughline.tools.availability.TimeSpan;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The book as operators see it. */
@TimeLimited
@Path("/api/appointments")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "appointments")
class AppointmentResource {

    private static final int MAX_LISTED = 1000;
    private static final Duration DEFAULT_SPAN = Duration.ofDays(7);
    private static final int MAX_REASON = 500;

    private final Appointments appointments;
    private final Book book;
    private final Pool pool;
    private final Outbox outbox;
    private final CurrentTenant current;
    private final Clock clock;

    @Inject
    AppointmentResource(
            Appointments appointments, Book book, Pool pool, Outbox outbox, CurrentTenant current, Clock clock) {
        this.appointments = appointments;
        this.book = book;
        this.pool = pool;
        this.outbox = outbox;
        this.current = current;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(
            summary =
                    "Appointments that begin from `from` (inclusive, default now) to `to` (exclusive, default a week later), dates or date-times; at most 1000.")
    public Uni<List<AppointmentAnswer>> list(
            @QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to) {
        ZoneId zone = current.tenant().zone();
        Instant first = from == null ? clock.instant() : instant("from", from, zone);
        Instant last = to == null ? first.plus(DEFAULT_SPAN) : instant("to", to, zone);
        return appointments
                .between(pool, current.require(), new TimeSpan(first, last), MAX_LISTED)
                .map(found -> found.stream()
                        .map(one -> AppointmentAnswer.of(one, zone))
                        .toList());
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "One appointment.")
    public Uni<AppointmentAnswer> find(@PathParam("id") String id) {
        ZoneId zone = current.tenant().zone();
        return appointments
                .find(pool, current.require(), uuid(id))
                .map(found -> AppointmentAnswer.of(found.orElseThrow(AppointmentResource::unknown), zone));
    }

    /**
     * Why.
     *
     * @param reason null = not told
     */
    record Cancellation(@Nullable String reason) {}

    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Cancels an appointment; cancelling again changes nothing.")
    public Uni<AppointmentAnswer> cancel(@PathParam("id") String id, @Nullable Cancellation cancellation) {
        String reason = cancellation == null ? null : cancellation.reason();
        if (reason != null && reason.length() > MAX_REASON) {
            throw Problem.invalid("reason", "must have at most " + MAX_REASON + " characters");
        }
        return cancel(uuid(id), reason);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "As POST cancel, without a reason. The record stays.")
    public Uni<AppointmentAnswer> delete(@PathParam("id") String id) {
        return cancel(uuid(id), null);
    }

    private Uni<AppointmentAnswer> cancel(UUID id, @Nullable String reason) {
        ZoneId zone = current.tenant().zone();
        UUID tenantId = current.require();
        return pool.withTransaction(tx -> book.cancel(tx, tenantId, id, reason)
                        .map(done -> done.orElseThrow(AppointmentResource::unknown))
                        .call(done -> outbox.append(tx, done.events())))
                .map(done -> AppointmentAnswer.of(done.appointment(), zone));
    }

    private static Instant instant(String field, String text, ZoneId zone) {
        try {
            return text.length() == "2026-11-24".length()
                    ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException malformed) {
            throw Problem.invalid(field, "must be a date (YYYY-MM-DD) or a date-time with offset");
        }
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException malformed) {
            throw unknown();
        }
    }

    private static Problem unknown() {
        return Problem.notFound("There is no such appointment.");
    }
}
