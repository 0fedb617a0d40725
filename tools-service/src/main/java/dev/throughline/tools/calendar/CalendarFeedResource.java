package dev.throughline.tools.calendar;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Makes and takes away calendar feeds. */
@TimeLimited
@Path("/api/tenants/{tenantId}/calendar-feeds")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Tag(name = "calendar")
class CalendarFeedResource {

    private final CalendarFeeds feeds;
    private final CurrentTenant current;
    private final PublicUrl publicUrl;

    @Inject
    CalendarFeedResource(CalendarFeeds feeds, CurrentTenant current, PublicUrl publicUrl) {
        this.feeds = feeds;
        this.current = current;
        this.publicUrl = publicUrl;
    }

    /** Whose feed. @param staffId null = the whole business's */
    public record Draft(@Nullable UUID staffId) {}

    @POST
    @Operation(
            summary = "Makes a feed of the business, or of one person, and shows its address once.",
            description = "Asked for again, the feed gets another address and the old one leads nowhere.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CalendarFeed.class)))
    public Uni<Response> make(@PathParam("tenantId") String tenantId, @Nullable Draft draft) {
        return feeds.make(current.require(tenantId), draft == null ? null : draft.staffId())
                .map(made -> made.orElseThrow(() -> Problem.notFound("There is no such staff member.")))
                .map(fresh -> Response.status(Response.Status.CREATED)
                        .entity(new CalendarFeed(
                                fresh.feed().id(),
                                fresh.feed().staffId(),
                                fresh.feed().createdAt(),
                                publicUrl.of(
                                        "/api/calendars/feeds/" + fresh.feed().id() + "/" + fresh.secret() + ".ics")))
                        .build());
    }

    @GET
    @Operation(summary = "The feeds there are, without their addresses.")
    public Uni<List<CalendarFeed>> list(@PathParam("tenantId") String tenantId) {
        return feeds.of(current.require(tenantId));
    }

    @DELETE
    @Path("{feedId}")
    @Operation(summary = "Takes a feed away; its address leads nowhere.")
    public Uni<Void> remove(@PathParam("tenantId") String tenantId, @PathParam("feedId") UUID feedId) {
        return feeds.remove(current.require(tenantId), feedId)
                .invoke(removed -> {
                    if (!removed) {
                        throw Problem.notFound("There is no such feed.");
                    }
                })
                .replaceWithVoid();
    }
}
