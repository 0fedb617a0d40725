package dev.throughline.tools.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.events.EventJson;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.TimeLimited;
import dev.throughline.tools.catalog.Catalog;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The client-data webhook and the custom action of older integrations, member for member as those were documented. They ask the same
 * tools as everybody else.
 */
@TimeLimited
@Path("/api/webhooks/elevenlabs")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll // AgentCaller lets only a tool secret or a signature pass.
@Tag(name = "tools")
class ClientDataResource {

    private static final List<String> REQUIRED = List.of("employeeId", "serviceId", "customerName", "startTime");
    private static final int BAD_REQUEST = 400;

    private final Toolbox toolbox;
    private final AgentCaller caller;
    private final Catalog catalog;
    private final Pool pool;
    private final Clock clock;

    @Inject
    ClientDataResource(Toolbox toolbox, AgentCaller caller, Catalog catalog, Pool pool, Clock clock) {
        this.toolbox = toolbox;
        this.caller = caller;
        this.catalog = catalog;
        this.pool = pool;
        this.clock = clock;
    }

    @GET
    @Path("services")
    @Operation(summary = "The services of a tenant.")
    public Uni<ApiAnswer> services(
            @QueryParam("tenantId") @Nullable String tenantId, @Context HttpServerRequest request) {
        caller.mustBeTrusted(request, null);
        Tenant tenant = caller.tenant(tenantId == null ? "" : tenantId, "");
        return catalog.services(pool, tenant.id())
                .map(services -> ApiAnswer.ok(ServicesTool.data(services, services.size(), tenant.id())));
    }

    @POST
    @Path("appointments")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Books an appointment: employeeId, serviceId, customerName and startTime are required.")
    public Uni<Response> book(
            byte @Nullable [] body,
            @Context HttpServerRequest request,
            @Context HttpHeaders headers,
            @Context UriInfo uri) {
        caller.mustBeTrusted(request, body == null ? new byte[0] : body);
        ObjectNode read = CallBody.read(body, headers.getHeaderString(HttpHeaders.CONTENT_TYPE));
        ObjectNode arguments = CallBody.withQuery(read, uri.getQueryParameters());
        Tenant tenant = caller.tenant(CallBody.text(arguments, "tenantId", "tenant_id"), "");
        ToolArguments asked = new ToolArguments(arguments);
        if (!REQUIRED.stream().allMatch(name -> asked.text(name).isPresent())) {
            return Uni.createFrom()
                    .item(Response.status(BAD_REQUEST)
                            .entity(ApiAnswer.refused(
                                    "VALIDATION_ERROR",
                                    "employeeId, serviceId, customerName, and startTime are required"))
                            .build());
        }
        ToolCall call = new ToolCall(
                BookTool.ALIAS,
                tenant,
                asked,
                headers.getHeaderString("X-Conversation-Id"),
                headers.getHeaderString("Idempotency-Key"),
                clock.instant());
        return toolbox.call(call).map(answer -> Response.ok(
                        answer.success() ? ApiAnswer.ok(asDocumented(answer.data())) : answer.toApi())
                .build());
    }

    /** Times in UTC, the members the older integrations know, and their message. */
    private static ObjectNode asDocumented(JsonNode data) {
        ObjectNode appointment = data.path("appointment").deepCopy();
        appointment.remove(List.of("employeeName", "serviceName", "leadId", "price", "version", "items"));
        for (String time : List.of("startTime", "endTime")) {
            appointment.put(
                    time,
                    OffsetDateTime.parse(appointment.path(time).asText())
                            .toInstant()
                            .toString());
        }
        ObjectNode documented = EventJson.mapper().createObjectNode();
        documented.set("appointment", appointment);
        return documented.put("message", "Appointment created successfully");
    }
}
