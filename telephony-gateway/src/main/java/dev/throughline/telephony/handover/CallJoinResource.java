package dev.throughline.telephony.handover;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallSids;
import dev.throughline.telephony.conference.RoomView;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Where an operator makes a live call one that others can join. */
@Path("/api/twilio/calls/{callSid}/join")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"operator", "admin"})
public final class CallJoinResource {

    private final CallJoins joins;
    private final CurrentTenant current;

    CallJoinResource(CallJoins joins, CurrentTenant current) {
        this.joins = joins;
        this.current = current;
    }

    /** Answers 202 with the room; the operator's browser then connects with {@code conference=<room>}, muted to listen only. */
    @POST
    @Operation(summary = "Moves a live call and its agent into a conference room that others can join")
    @APIResponse(responseCode = "202", description = "The room in data; the same one when asked again")
    @APIResponse(responseCode = "404", description = "No live call of this tenant")
    @APIResponse(
            responseCode = "409",
            description = "A human has the call, or ElevenLabs carries it, or it has just ended")
    public Uni<Response> join(@PathParam("callSid") String callSid) {
        UUID tenantId = current.require();
        if (!CallSids.valid(callSid)) {
            throw Problem.notFound("There is no such call, or it has ended.");
        }
        LogIds.of().call(callSid).tenant(tenantId);
        return joins.join(callSid, tenantId)
                .map(room -> Response.accepted(ApiAnswer.ok(RoomView.of(room))).build());
    }
}
