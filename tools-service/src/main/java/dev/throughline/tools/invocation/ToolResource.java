package dev.throughline.tools.invocation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** One endpoint per tool, the way ElevenLabs' webhook tools call: the declared parameters and nothing else (reference, Tools). */
@TimeLimited
@Path("/api/tools/{tool}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("tool")
@Tag(name = "tools")
class ToolResource {

    private final Toolbox toolbox;
    private final AgentCaller caller;
    private final Clock clock;

    @Inject
    ToolResource(Toolbox toolbox, AgentCaller caller, Clock clock) {
        this.toolbox = toolbox;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Calls a tool; a refusal is 200 with success false, because the agent does not see error bodies.",
            description = "Headers: X-Tool-Secret; X-Conversation-Id and Idempotency-Key are optional.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ApiAnswer.class)))
    public Uni<Response> post(
            @PathParam("tool") String tool,
            byte @Nullable [] body,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        ObjectNode read = CallBody.read(body, headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
        return call(tool, CallBody.withQuery(read, uri.getQueryParameters()), headers);
    }

    @GET
    @Operation(summary = "As POST, with the parameters in the query.")
    public Uni<Response> get(@PathParam("tool") String tool, @Context HttpHeaders headers, @Context UriInfo uri) {
        return call(tool, CallBody.withQuery(CallBody.read(null, null), uri.getQueryParameters()), headers);
    }

    private Uni<Response> call(String tool, ObjectNode arguments, HttpHeaders headers) {
        Tenant tenant = caller.tenant(CallBody.text(arguments, "tenantId", "tenant_id"), "");
        String conversation = headers.getHeaderString("X-Conversation-Id");
        ToolCall call = new ToolCall(
                tool,
                tenant,
                new ToolArguments(arguments),
                conversation == null || conversation.isBlank()
                        ? emptyToNull(CallBody.text(arguments, "conversationId", "conversation_id"))
                        : conversation.strip(),
                headers.getHeaderString("Idempotency-Key"),
                clock.instant());
        return ToolAnswers.of(toolbox, call);
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
