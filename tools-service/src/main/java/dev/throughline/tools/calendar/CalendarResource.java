package dev.throughline.tools.calendar;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import dev.throughline.tools.appointment.Appointment;
import dev.throughline.tools.appointment.Appointments;
import dev.throughline.tools.availability.TimeSpan;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What calendar programs fetch. The address is the permission; every other address is 404, whatever is wrong with it. */
@TimeLimited
@Path("/api/calendars")
@Produces("text/calendar;charset=UTF-8")
@PermitAll // CalendarFeeds and CalendarLinks let only who knows the whole address pass.
@Tag(name = "calendar")
class CalendarResource {

    private static final Duration PAST = Duration.ofDays(30);
    private static final Duration AHEAD = Duration.ofDays(400);
    private static final int MOST_EVENTS = 5_000;
    private static final String ICS = ".ics";

    private final CalendarFeeds feeds;
    private final CalendarLinks links;
    private final Appointments appointments;
    private final TenantDirectory tenants;
    private final Pool pool;
    private final PublicUrl publicUrl;
    private final Clock clock;

    @Inject
    CalendarResource(
            CalendarFeeds feeds,
            CalendarLinks links,
            Appointments appointments,
            TenantDirectory tenants,
            Pool pool,
            PublicUrl publicUrl,
            Clock clock) {
        this.feeds = feeds;
        this.links = links;
        this.appointments = appointments;
        this.tenants = tenants;
        this.pool = pool;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    @GET
    @Path("feeds/{feedId}/{secret}")
    @Operation(summary = "A feed: 30 days back, 400 ahead, cancelled appointments as such. Answers If-None-Match.")
    public Uni<Response> feed(
            @PathParam("feedId") String feedId,
            @PathParam("secret") String secret,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
        UUID id = uuid(feedId);
        if (!secret.endsWith(ICS)) {
            throw nothing();
        }
        return feeds.open(id, secret.substring(0, secret.length() - ICS.length()))
                .map(owner -> owner.orElseThrow(CalendarResource::nothing))
                .chain(owner -> feed(owner, known));
    }

    private Uni<Response> feed(CalendarFeeds.Owner owner, @Nullable String known) {
        Tenant tenant = tenants.byId(owner.tenantId()).orElseThrow(CalendarResource::nothing);
        Instant now = clock.instant();
        TimeSpan span = new TimeSpan(now.minus(PAST), now.plus(AHEAD));
        String name = owner.name() == null ? tenant.name() : tenant.name() + ": " + owner.name();
        return appointments
                .between(pool, tenant.id(), span, owner.staffId(), MOST_EVENTS)
                .map(found -> answer(
                        tag(name, found), known, () -> calendars(tenant, now).feed(name, found, owner.staffId())));
    }

    @GET
    @Path("appointments/{tenantId}/{appointmentId}/{signature}")
    @Operation(summary = "One appointment as it stands, for the customer who booked it.")
    public Uni<Response> appointment(
            @PathParam("tenantId") String tenantId,
            @PathParam("appointmentId") String appointmentId,
            @PathParam("signature") String signature,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String known) {
        UUID tenantUuid = uuid(tenantId);
        UUID id = uuid(appointmentId);
        if (!signature.endsWith(ICS)
                || !links.accepts(tenantUuid, id, signature.substring(0, signature.length() - ICS.length()))) {
            throw nothing();
        }
        Tenant tenant = tenants.byId(tenantUuid).orElseThrow(CalendarResource::nothing);
        return appointments.find(pool, tenantUuid, id).map(found -> {
            Appointment appointment = found.orElseThrow(CalendarResource::nothing);
            return answer(tag(tenant.name(), List.of(appointment)), known, () -> calendars(tenant, clock.instant())
                    .appointment(appointment));
        });
    }

    private ICalendars calendars(Tenant tenant, Instant now) {
        return new ICalendars(tenant, publicUrl.host(), now);
    }

    private static Response answer(String tag, @Nullable String known, Supplier<String> calendar) {
        Response.ResponseBuilder answer =
                known != null && List.of(known.split("\\s*,\\s*")).contains(tag)
                        ? Response.notModified()
                        : Response.ok(calendar.get());
        // Nobody on the way keeps it, and no search engine that is given the address either.
        return answer.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("X-Robots-Tag", "noindex")
                .build();
    }

    /** Weak: the time stamp in the document is that of its making. */
    private static String tag(String name, List<Appointment> appointments) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            for (Appointment one : appointments) {
                digest.update(
                        (one.id() + "|" + one.version() + "|" + one.status() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return "W/\"" + HexFormat.of().formatHex(digest.digest(), 0, 16) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", impossible);
        }
    }

    private static UUID uuid(String text) {
        return Optional.of(text)
                .filter(id -> id.matches("[0-9a-fA-F-]{36}"))
                .map(UUID::fromString)
                .orElseThrow(CalendarResource::nothing);
    }

    private static Problem nothing() {
        return Problem.notFound("There is nothing at this address.");
    }
}
