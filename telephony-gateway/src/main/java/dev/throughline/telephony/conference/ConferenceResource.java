package dev.throughline.telephony.conference;

import dev.throughline.events.context.Known;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.IdempotencyKey;
import dev.throughline.telephony.conference.RoomStarts.Wish;
import dev.throughline.telephony.stream.StreamInvitation;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Conference rooms for operators. A room is its tenant's; to others it is not there. */
@Path("/api/twilio")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"operator", "admin"})
public final class ConferenceResource {

    private final RoomAccess access;
    private final RoomStarts starts;
    private final Conferences conferences;
    private final LeadContexts contexts;
    private final StreamInvitation agents;
    private final CurrentTenant current;

    ConferenceResource(
            RoomAccess access,
            RoomStarts starts,
            Conferences conferences,
            LeadContexts contexts,
            StreamInvitation agents,
            CurrentTenant current) {
        this.access = access;
        this.starts = starts;
        this.conferences = conferences;
        this.contexts = contexts;
        this.agents = agents;
        this.current = current;
    }

    /**
     * A room to start.
     *
     * @param leadId whom to call; null = {@code to} says it
     * @param to a phone number; null = the lead's
     * @param tenantId null = the operator's own
     * @param agentId null = the tenant's agent
     * @param agent whether the agent joins; null = yes
     * @param idempotencyKey as the header Idempotency-Key
     */
    public record Start(
            @Nullable UUID leadId,
            @Nullable String to,
            @Nullable UUID tenantId,
            @Nullable String agentId,
            @Nullable Boolean agent,
            @Nullable String idempotencyKey) {}

    /** Starts a room and calls its customer; once for one key. */
    @POST
    @Path("/start-conference")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "A conference room with a lead's phone and the agent")
    @APIResponse(responseCode = "202", description = "The phone is being called; the room in data")
    @APIResponse(responseCode = "400", description = "Neither leadId nor a usable number")
    @APIResponse(responseCode = "404", description = "No such tenant, or nothing known of the lead")
    @APIResponse(
            responseCode = "422",
            description = "No number to call from, no agent, a number that is not called, or another request's key")
    @APIResponse(responseCode = "429", description = "The tenant has as many calls as it may")
    @APIResponse(responseCode = "504", description = "Twilio did not say whether it calls")
    public Uni<Response> start(@Nullable Start start, @HeaderParam(IdempotencyKey.HEADER) @Nullable String header) {
        if (start == null) {
            throw Problem.invalid("body", "is missing");
        }
        Tenant tenant = access.tenant(start.tenantId() == null ? current.require() : current.require(start.tenantId()));
        String agent = Boolean.FALSE.equals(start.agent()) ? null : agent(tenant, start.agentId());
        String key = IdempotencyKey.require(header, start.idempotencyKey());
        LogIds.of().tenant(tenant.id());
        return number(start, tenant)
                .chain(to -> starts.start(new Wish(tenant, lead(start, tenant, to), to, agent), key))
                .map(room -> RoomAccess.answer(Response.Status.ACCEPTED, room));
    }

    /** Answers with the room. */
    @GET
    @Path("/conferences/{room}")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "A conference room and everybody in it")
    @APIResponse(responseCode = "200", description = "The room in data")
    @APIResponse(responseCode = "404", description = "No such room of this tenant")
    public Uni<Response> find(@PathParam("room") String name) {
        return access.room(name).map(room -> RoomAccess.answer(Response.Status.OK, room));
    }

    /** Ends the room. */
    @DELETE
    @Path("/conferences/{room}")
    @Operation(summary = "Ends a conference room for all")
    @APIResponse(responseCode = "204", description = "It is over, or about to be")
    @APIResponse(responseCode = "404", description = "No such room of this tenant")
    public Uni<Response> end(@PathParam("room") String name) {
        return access.room(name).chain(conferences::end).replaceWith(() -> Response.noContent()
                .build());
    }

    private static UUID lead(Start start, Tenant tenant, String to) {
        return Objects.requireNonNullElseGet(start.leadId(), () -> LeadIds.of(tenant.id(), ContactAddress.phone(to)));
    }

    private String agent(Tenant tenant, @Nullable String wanted) {
        return Optional.ofNullable(wanted)
                .filter(id -> !id.isBlank())
                .or(() -> agents.agentOf(tenant))
                .orElseThrow(
                        () -> Problem.of(
                                422,
                                "NO_AGENT",
                                "There is no agent: give the tenant an elevenLabsAgentId, set ELEVENLABS_AGENT_ID, or ask for agent=false."));
    }

    private Uni<String> number(Start start, Tenant tenant) {
        if (start.to() != null) {
            return Uni.createFrom().item(Guests.phone("to", start.to(), tenant));
        }
        if (start.leadId() == null) {
            throw Problem.invalid("to", "or leadId is needed");
        }
        return contexts.find(tenant.id(), start.leadId()).map(context -> context.flatMap(
                        known -> Optional.ofNullable(known.phone()).map(Known::value))
                .orElseThrow(() -> Problem.notFound("No phone number of this lead is known: give one as to.")));
    }
}
