package dev.throughline.telephony.conference;

import dev.throughline.events.context.Known;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.BrowserIdentity;
import dev.throughline.telephony.conference.Conferences.Guest;
import dev.throughline.telephony.stream.StreamInvitation;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Conference rooms for operators. A room is its tenant's; to others it is not there. */
@Path("/api/twilio")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"operator", "admin"})
public final class ConferenceResource {

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private final Conferences conferences;
    private final Rooms rooms;
    private final TenantDirectory tenants;
    private final LeadContexts contexts;
    private final StreamInvitation agents;
    private final CurrentTenant current;

    ConferenceResource(
            Conferences conferences,
            Rooms rooms,
            TenantDirectory tenants,
            LeadContexts contexts,
            StreamInvitation agents,
            CurrentTenant current) {
        this.conferences = conferences;
        this.rooms = rooms;
        this.tenants = tenants;
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
     */
    public record Start(
            @Nullable UUID leadId,
            @Nullable String to,
            @Nullable UUID tenantId,
            @Nullable String agentId,
            @Nullable Boolean agent) {}

    /**
     * Somebody to ask in.
     *
     * @param type phone, browser or ai
     * @param to a phone's number
     * @param identity a browser's identity, as the voice token names it
     * @param label unique in the room; null = one is chosen
     * @param muted whether it only listens
     */
    public record Invite(
            @Nullable String type,
            @Nullable String to,
            @Nullable String identity,
            @Nullable String label,
            @Nullable Boolean muted) {}

    /** What is to change; null leaves as it is. */
    public record Change(@Nullable Boolean muted, @Nullable Boolean hold) {}

    /** Starts a room and calls its customer. */
    @POST
    @Path("/start-conference")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "A conference room with a lead's phone and the agent")
    @APIResponse(responseCode = "202", description = "The phone is being called; the room in data")
    @APIResponse(responseCode = "400", description = "Neither leadId nor a usable number")
    @APIResponse(responseCode = "404", description = "No such tenant, or nothing known of the lead")
    @APIResponse(
            responseCode = "422",
            description = "No number to call from, no agent, or a number Twilio does not call")
    @APIResponse(responseCode = "504", description = "Twilio did not say whether it calls")
    public Uni<Response> start(@Nullable Start start) {
        if (start == null) {
            throw Problem.invalid("body", "is missing");
        }
        Tenant tenant = tenant(start.tenantId() == null ? current.require() : current.require(start.tenantId()));
        String agent = Boolean.FALSE.equals(start.agent()) ? null : agent(tenant, start.agentId());
        LogIds.of().tenant(tenant.id());
        return number(start, tenant)
                .chain(to -> conferences.start(
                        tenant,
                        Objects.requireNonNullElseGet(
                                start.leadId(), () -> LeadIds.of(tenant.id(), ContactAddress.phone(to))),
                        to,
                        agent))
                .map(room -> answer(Response.Status.ACCEPTED, room));
    }

    /** Answers with the room. */
    @GET
    @Path("/conferences/{room}")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "A conference room and everybody in it")
    @APIResponse(responseCode = "200", description = "The room in data")
    @APIResponse(responseCode = "404", description = "No such room of this tenant")
    public Uni<Response> find(@PathParam("room") String name) {
        return own(name).map(room -> answer(Response.Status.OK, room));
    }

    /** Asks somebody in. */
    @POST
    @Path("/conferences/{room}/participants")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Calls a phone, a browser or the agent into a conference room")
    @APIResponse(responseCode = "202", description = "Being called; the room in data")
    @APIResponse(responseCode = "404", description = "No such room of this tenant")
    @APIResponse(responseCode = "409", description = "The room is over or full, or the label is taken")
    @APIResponse(responseCode = "422", description = "A number or identity that cannot be called")
    public Uni<Response> invite(@PathParam("room") String name, @Nullable Invite invite) {
        if (invite == null || invite.type() == null) {
            throw Problem.invalid("type", "is missing: phone, browser or ai");
        }
        return own(name)
                .chain(room -> {
                    Tenant tenant = tenant(room.tenantId());
                    return conferences.add(room, tenant, guest(invite, tenant), agents.agentOf(tenant));
                })
                .map(room -> answer(Response.Status.ACCEPTED, room));
    }

    /** Mutes, unmutes, holds or takes off hold. */
    @PATCH
    @Path("/conferences/{room}/participants/{label}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeParticipant", summary = "Mutes or holds a participant of a conference room")
    @APIResponse(responseCode = "200", description = "The room in data")
    @APIResponse(responseCode = "404", description = "No such room of this tenant, or nobody of this label")
    @APIResponse(responseCode = "409", description = "The participant has not joined yet, or is gone")
    public Uni<Response> change(
            @PathParam("room") String name, @PathParam("label") String label, @Nullable Change change) {
        if (change == null || change.muted() == null && change.hold() == null) {
            throw Problem.invalid("body", "must say muted or hold");
        }
        return own(name)
                .chain(room -> conferences.change(room, label, change.muted(), change.hold()))
                .map(room -> answer(Response.Status.OK, room));
    }

    /** As {@link #change}, for clients that cannot PATCH. */
    @POST
    @Path("/conferences/{room}/participants/{label}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeParticipantByPost", summary = "The same by POST")
    public Uni<Response> changeByPost(
            @PathParam("room") String name, @PathParam("label") String label, @Nullable Change change) {
        return change(name, label, change);
    }

    /** Puts somebody out. */
    @DELETE
    @Path("/conferences/{room}/participants/{label}")
    @Operation(summary = "Puts a participant out of a conference room, or stops ringing it")
    @APIResponse(responseCode = "204", description = "Done")
    @APIResponse(responseCode = "404", description = "No such room of this tenant, or nobody of this label")
    public Uni<Response> remove(@PathParam("room") String name, @PathParam("label") String label) {
        return own(name).chain(room -> conferences.remove(room, label)).replaceWith(() -> Response.noContent()
                .build());
    }

    /** Ends the room. */
    @DELETE
    @Path("/conferences/{room}")
    @Operation(summary = "Ends a conference room for all")
    @APIResponse(responseCode = "204", description = "It is over, or about to be")
    @APIResponse(responseCode = "404", description = "No such room of this tenant")
    public Uni<Response> end(@PathParam("room") String name) {
        return own(name).chain(conferences::end).replaceWith(() -> Response.noContent()
                .build());
    }

    private Uni<Room> own(String name) {
        // Asked now: the identity belongs to the request, not to what follows.
        Optional<UUID> tenantId = current.isInstallationAdmin() ? Optional.empty() : Optional.of(current.require());
        return tenantId.map(id -> rooms.find(id, name))
                .orElseGet(() -> rooms.find(name))
                .map(found -> found.orElseThrow(() -> Problem.notFound("There is no such room.")));
    }

    private Tenant tenant(UUID id) {
        return tenants.byId(id).orElseThrow(() -> Problem.notFound("There is no such tenant."));
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
            return Uni.createFrom().item(phone("to", start.to(), tenant));
        }
        if (start.leadId() == null) {
            throw Problem.invalid("to", "or leadId is needed");
        }
        return contexts.find(tenant.id(), start.leadId()).map(context -> context.flatMap(
                        known -> Optional.ofNullable(known.phone()).map(Known::value))
                .orElseThrow(() -> Problem.notFound("No phone number of this lead is known: give one as to.")));
    }

    private static Guest guest(Invite invite, Tenant tenant) {
        String label = invite.label();
        if (label != null && !LABEL.matcher(label).matches()) {
            throw Problem.invalid("label", "is 1 to 64 letters, digits, hyphens and underscores");
        }
        boolean muted = Boolean.TRUE.equals(invite.muted());
        return switch (String.valueOf(invite.type())) {
            case "phone" -> new Guest(Role.PHONE, label, phone("to", invite.to(), tenant), muted);
            case "browser" -> new Guest(Role.BROWSER, label, browser(invite.identity(), tenant), muted);
            case "ai" -> new Guest(Role.AI, null, null, false);
            default -> throw Problem.invalid("type", "must be phone, browser or ai");
        };
    }

    private static String phone(String field, @Nullable String written, Tenant tenant) {
        return PhoneNumbers.normalise(written, tenant.country())
                .orElseThrow(() -> Problem.invalid(field, "is no phone number: write it as +12025550142"));
    }

    private static String browser(@Nullable String identity, Tenant tenant) {
        return Optional.ofNullable(identity)
                .flatMap(BrowserIdentity::parse)
                .filter(browser -> browser.tenantId().equals(tenant.id()))
                .map(BrowserIdentity::address)
                .orElseThrow(() -> Problem.invalid("identity", "must be the identity of a voice token of this tenant"));
    }

    private static Response answer(Response.Status status, Room room) {
        return Response.status(status).entity(ApiAnswer.ok(RoomView.of(room))).build();
    }
}
