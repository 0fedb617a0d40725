package dev.throughline.tools.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The one webhook of older integrations: {@code {"event":"tool_call","data":{"tool_name","parameters"},"agentId","sessionId"}}, with
 * {@code type} for {@code event} and the agent's id at the root or in the data. Events of other types are acknowledged: conversations
 * are recorded from the post-call webhook.
 */
@TimeLimited
@Path("/api/ai/webhook/elevenlabs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tools")
class AgentWebhookResource {

    private final Toolbox toolbox;
    private final AgentCaller caller;
    private final Clock clock;

    @Inject
    AgentWebhookResource(Toolbox toolbox, AgentCaller caller, Clock clock) {
        this.toolbox = toolbox;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @PermitAll // AgentCaller lets only a tool secret or a signature pass.
    @Operation(summary = "A tool call (`type` or `event` = tool_call), or any other event, which is acknowledged.")
    public Uni<Response> receive(
            byte @Nullable [] body,
            @Context HttpServerRequest request,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        caller.mustBeTrusted(request, body == null ? new byte[0] : body);
        ObjectNode event = CallBody.read(body, headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
        String type = CallBody.text(event, "type", "event");
        if (type.isEmpty()) {
            throw Problem.invalid("type", "is required");
        }
        String query = uri.getQueryParameters().getFirst("tenantId");
        String tenantId = query != null
                ? query
                : CallBody.text(
                        event,
                        "tenantId",
                        "tenant_id",
                        "data.tenantId",
                        "data.tenant_id",
                        "data.parameters.tenantId",
                        "data.parameters.tenant_id",
                        "data.conversation_initiation_client_data.dynamic_variables.tenant_id");
        String agentId = CallBody.text(event, "agentId", "agent_id", "data.agent_id", "data.agentId");
        if (!type.equals("tool_call")) {
            return Uni.createFrom().item(Response.ok(ApiAnswer.ok(null)).build());
        }
        Tenant tenant = caller.tenant(tenantId, agentId);
        return ToolAnswers.of(toolbox, call(event, tenant, headers));
    }

    private ToolCall call(ObjectNode event, Tenant tenant, HttpHeaders headers) {
        String tool = CallBody.text(event, "data.tool_name", "data.toolName", "data.name", "tool_name");
        if (tool.isEmpty()) {
            throw Problem.invalid("data.tool_name", "is required");
        }
        JsonNode parameters = event.path("data").path("parameters");
        if (!parameters.isObject() && !parameters.isMissingNode() && !parameters.isNull()) {
            throw Problem.invalid("data.parameters", "must be a JSON object");
        }
        String conversation = CallBody.text(
                event, "data.conversation_id", "data.conversationId", "conversation_id", "sessionId", "session_id");
        String header = headers.getHeaderString("X-Conversation-Id");
        return new ToolCall(
                tool,
                tenant,
                new ToolArguments(
                        parameters instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode()),
                header != null ? header : conversation.isEmpty() ? null : conversation,
                headers.getHeaderString("Idempotency-Key"),
                clock.instant());
    }
}
