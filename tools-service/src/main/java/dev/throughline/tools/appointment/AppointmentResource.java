package dev.throughline.tools.appointment;

import dev.throughline.events.tenant.Tenant;
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
import jakarta.ws.rs.core.Response;
import java.net.URI;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
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
    private final BookingDesk desk;
    private final Pool pool;
    private final Outbox outbox;
    private final CurrentTenant current;
    private final Clock clock;

    @Inject
    AppointmentResource(
            Appointments appointments,
            Book book,
            BookingDesk desk,
            Pool pool,
            Outbox outbox,
            CurrentTenant current,
            Clock clock) {
        this.appointments = appointments;
        this.book = book;
        this.desk = desk;
        this.pool = pool;
        this.outbox = outbox;
        this.current = current;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(
            summary =
                    "Appointments that begin from `from` (inclusive, default now) to `to` (exclusive, default a week later), dates or date-times, of one staff member with `staffId`; at most 1000.")
    public Uni<List<AppointmentAnswer>> list(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("staffId") @Nullable String staffId) {
        ZoneId zone = current.tenant().zone();
        UUID staff = staffId == null ? null : staff(staffId);
        Instant first = from == null ? clock.instant() : instant("from", from, zone);
        Instant last = to == null ? first.plus(DEFAULT_SPAN) : instant("to", to, zone);
        return appointments
                .between(pool, current.require(), new TimeSpan(first, last), staff, MAX_LISTED)
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

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"operator", "admin"})
    @Operation(
            summary =
                    "Books a visit with one service or several; 409 with `code` and `alternatives` when the time cannot be had.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = AppointmentAnswer.class)))
    @APIResponse(responseCode = "409", description = "`alternatives` holds what could be booked instead")
    public Uni<Response> book(@Nullable AppointmentDraft draft) {
        if (draft == null) {
            throw Problem.invalid("body", "is required");
        }
        Tenant tenant = current.tenant();
        Customer customer = draft.customer(tenant);
        return desk.book(tenant, draft, customer)
                .map(booked -> Response.created(URI.create("/api/appointments/" + booked.id()))
                        .entity(booked)
                        .build());
    }

    /**
     * Where to.
     *
     * @param start required, with offset
     * @param staffId who shall do it; absent = who does it now if free, else anybody
     * @param idempotencyKey a repeat with the same key moves nothing and gets the first answer
     */
    record Move(
            @Nullable OffsetDateTime start,
            @Nullable UUID staffId,
            @Nullable String idempotencyKey) {}

    @POST
    @Path("{id}/reschedule")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"operator", "admin"})
    @Operation(
            summary =
                    "Moves an appointment; it stays where it is, with 409, `code` and `alternatives`, when the new time cannot be had.")
    public Uni<AppointmentAnswer> reschedule(@PathParam("id") String id, @Nullable Move move) {
        OffsetDateTime start = move == null ? null : move.start();
        if (move == null || start == null) {
            throw Problem.invalid("start", "is required, a date and time with offset (ISO 8601)");
        }
        return desk.move(current.tenant(), uuid(id), start.toInstant(), move.staffId(), move.idempotencyKey());
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

    private static UUID staff(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException malformed) {
            throw Problem.invalid("staffId", "must be a UUID");
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
