package dev.throughline.context.operator;

import dev.throughline.context.call.CallRepository;
import dev.throughline.context.lead.LeadRepository;
import dev.throughline.events.OperatorEvent;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Words of operators about a lead and to its agent. */
@TimeLimited
@Path("/api/leads/{leadId}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"operator", "admin"})
@Tag(name = "Operators")
public class OperatorResource {

    static final int LONGEST_NOTE = 4_000;
    static final int LONGEST_WHISPER = 1_000;

    private final CurrentTenant tenant;
    private final JsonWebToken token;
    private final LeadRepository leads;
    private final CallRepository calls;
    private final OperatorEvents events;

    OperatorResource(
            CurrentTenant tenant,
            JsonWebToken token,
            LeadRepository leads,
            CallRepository calls,
            OperatorEvents events) {
        this.tenant = tenant;
        this.token = token;
        this.leads = leads;
        this.calls = calls;
        this.events = events;
    }

    /** A note. */
    public record NoteBody(@Nullable String text) {}

    /**
     * A whisper.
     *
     * @param callSid the one call it is meant for; absent: every live conversation with the lead
     */
    public record WhisperBody(
            @Nullable String text, @Nullable String callSid) {}

    /** What was recorded. */
    public record Recorded(UUID eventId) {}

    @POST
    @Path("/notes")
    @Operation(summary = "Notes something for colleagues; the customer and the agent never see it")
    @APIResponse(responseCode = "202", description = "The event's id; it stands on the timeline in a moment")
    @APIResponse(responseCode = "404", description = "There is no such lead, or it is another tenant's")
    @APIResponse(responseCode = "409", description = "This Idempotency-Key was used for something else")
    public Uni<Response> note(
            @RestPath UUID leadId, @Nullable NoteBody body, @HeaderParam("Idempotency-Key") @Nullable String key) {
        String text = text(body == null ? null : body.text(), LONGEST_NOTE);
        UUID tenantId = tenant.require();
        String author = token.getName();
        return known(tenantId, leadId)
                .chain(() -> events.record(
                        new OperatorEvents.Request(tenantId, leadId, key, "note|" + leadId + "|" + text),
                        id -> new OperatorEvent.Note(id.toString(), author, text)))
                .map(OperatorResource::accepted);
    }

    @POST
    @Path("/whispers")
    @Operation(summary = "Tells the agent of a live conversation something; the customer does not hear it")
    @APIResponse(responseCode = "202", description = "The event's id; the agent is told within a moment")
    @APIResponse(responseCode = "404", description = "There is no such lead, or it is another tenant's")
    @APIResponse(
            responseCode = "409",
            description = "The call is over, or the Idempotency-Key was used for something else")
    public Uni<Response> whisper(
            @RestPath UUID leadId, @Nullable WhisperBody body, @HeaderParam("Idempotency-Key") @Nullable String key) {
        String text = text(body == null ? null : body.text(), LONGEST_WHISPER);
        @Nullable String callSid =
                body == null || body.callSid() == null || body.callSid().isBlank() ? null : body.callSid();
        UUID tenantId = tenant.require();
        String author = token.getName();
        return known(tenantId, leadId)
                .chain(() -> live(tenantId, leadId, callSid))
                .chain(() -> events.record(
                        new OperatorEvents.Request(
                                tenantId, leadId, key, "whisper|" + leadId + "|" + callSid + "|" + text),
                        id -> new OperatorEvent.Whisper(id.toString(), author, text, callSid)))
                .map(OperatorResource::accepted);
    }

    private Uni<Void> known(UUID tenantId, UUID leadId) {
        return leads.exists(tenantId, leadId)
                .invoke(exists -> {
                    if (!exists) {
                        throw Problem.notFound("There is no such lead.");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> live(UUID tenantId, UUID leadId, @Nullable String callSid) {
        if (callSid == null) {
            return Uni.createFrom().voidItem();
        }
        return calls.isLive(tenantId, leadId, callSid)
                .invoke(live -> {
                    if (!live) {
                        throw Problem.conflict("CALL_NOT_LIVE", "This call is over, or is not this lead's.");
                    }
                })
                .replaceWithVoid();
    }

    private static Response accepted(UUID eventId) {
        return Response.accepted(new Recorded(eventId)).build();
    }

    private static String text(@Nullable String text, int longest) {
        if (text == null || text.isBlank()) {
            throw Problem.invalid("text", "is missing");
        }
        if (text.strip().length() > longest) {
            throw Problem.invalid("text", "must have at most " + longest + " characters");
        }
        return text.strip();
    }
}
