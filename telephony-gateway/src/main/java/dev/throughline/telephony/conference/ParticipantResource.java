package dev.throughline.telephony.conference;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.IdempotencyKey;
import dev.throughline.telephony.stream.StreamInvitation;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Who is in a conference room, for operators. */
@Path("/api/twilio/conferences/{room}/participants")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"operator", "admin"})
public final class ParticipantResource {

    private final RoomAccess access;
    private final GuestCalls guests;
    private final Conferences conferences;
    private final StreamInvitation agents;

    ParticipantResource(RoomAccess access, GuestCalls guests, Conferences conferences, StreamInvitation agents) {
        this.access = access;
        this.guests = guests;
        this.conferences = conferences;
        this.agents = agents;
    }

    /**
     * Somebody to ask in.
     *
     * @param type phone, browser or ai
     * @param to a phone's number
     * @param identity a browser's identity, as the voice token names it
     * @param label unique in the room; null = one is chosen
     * @param muted whether it only listens
     * @param idempotencyKey as the header Idempotency-Key; of this room
     */
    public record Invite(
            @Nullable String type,
            @Nullable String to,
            @Nullable String identity,
            @Nullable String label,
            @Nullable Boolean muted,
            @Nullable String idempotencyKey) {}

    /** What is to change; null leaves as it is. */
    public record Change(@Nullable Boolean muted, @Nullable Boolean hold) {}

    /** Asks somebody in; once for one key. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Calls a phone, a browser or the agent into a conference room")
    @APIResponse(responseCode = "202", description = "Being called; the room in data")
    @APIResponse(responseCode = "404", description = "No such room of this tenant")
    @APIResponse(responseCode = "409", description = "The room is over or full, or the label is taken")
    @APIResponse(
            responseCode = "422",
            description = "A number or identity that cannot be called, or another guest's key")
    @APIResponse(responseCode = "504", description = "Twilio did not say whether it calls")
    public Uni<Response> invite(
            @PathParam("room") String name,
            @Nullable Invite invite,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String header) {
        if (invite == null || invite.type() == null) {
            throw Problem.invalid("type", "is missing: phone, browser or ai");
        }
        String key = IdempotencyKey.require(header, invite.idempotencyKey());
        return access.room(name)
                .chain(room -> {
                    Tenant tenant = access.tenant(room.tenantId());
                    return guests.add(room, tenant, Guests.read(invite, tenant), agents.agentOf(tenant), key);
                })
                .map(room -> RoomAccess.answer(Response.Status.ACCEPTED, room));
    }

    /** Mutes, unmutes, holds or takes off hold. */
    @PATCH
    @Path("/{label}")
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
        return access.room(name)
                .chain(room -> conferences.change(room, label, change.muted(), change.hold()))
                .map(room -> RoomAccess.answer(Response.Status.OK, room));
    }

    /** As {@link #change}, for clients that cannot PATCH. */
    @POST
    @Path("/{label}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeParticipantByPost", summary = "The same by POST")
    public Uni<Response> changeByPost(
            @PathParam("room") String name, @PathParam("label") String label, @Nullable Change change) {
        return change(name, label, change);
    }

    /** Puts somebody out. */
    @DELETE
    @Path("/{label}")
    @Operation(summary = "Puts a participant out of a conference room, or stops ringing it")
    @APIResponse(responseCode = "204", description = "Done")
    @APIResponse(responseCode = "404", description = "No such room of this tenant, or nobody of this label")
    public Uni<Response> remove(@PathParam("room") String name, @PathParam("label") String label) {
        return access.room(name).chain(room -> conferences.remove(room, label)).replaceWith(() -> Response.noContent()
                .build());
    }
}
