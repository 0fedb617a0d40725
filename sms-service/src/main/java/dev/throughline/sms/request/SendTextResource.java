package dev.throughline.sms.request;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.Problem;
import dev.throughline.sms.SmsConfig;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Texts out, for operators. */
@Path("/api/twilio/send-sms")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "texts")
public class SendTextResource {

    private final SendTexts texts;
    private final CurrentTenant current;
    private final TenantDirectory tenants;
    private final SmsConfig config;
    private final Clock clock;

    SendTextResource(SendTexts texts, CurrentTenant current, TenantDirectory tenants, SmsConfig config, Clock clock) {
        this.texts = texts;
        this.current = current;
        this.tenants = tenants;
        this.config = config;
        this.clock = clock;
    }

    /** Answers 202 with the text as it stands; it leaves afterwards. */
    @POST
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Sends a text to a lead or a number, now or later")
    @APIResponse(responseCode = "202", description = "It is queued or scheduled; also for a repeat under the same key")
    @APIResponse(responseCode = "400", description = "A field is missing or wrong; all of them are named")
    @APIResponse(responseCode = "404", description = "Another tenant's, or a lead without a number")
    @APIResponse(responseCode = "409", description = "OPTED_OUT, QUIET_HOURS or NO_SENDER")
    @APIResponse(responseCode = "422", description = "The idempotency key was used for another text")
    @APIResponse(responseCode = "429", description = "Over the tenant's rate")
    public Uni<Response> send(@Nullable SendRequest request) {
        if (request == null) {
            throw Problem.invalid("body", "of the request is missing");
        }
        if (request.tenantId() == null || request.tenantId().isBlank()) {
            throw Problem.invalid("tenantId", "is required");
        }
        UUID tenantId = current.require(request.tenantId());
        Tenant tenant = tenants.byId(tenantId).orElseThrow(() -> Problem.notFound("There is no such tenant."));
        return texts.send(tenant, CheckedRequest.of(request, tenant, config.maxLength()))
                .map(stored -> Response.accepted(ApiAnswer.ok(TextAnswer.of(stored, clock.instant())))
                        .build());
    }

    /** How far a text has come. */
    @GET
    @Path("/{id}")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "A text that was asked for, as it stands")
    public Uni<ApiAnswer> find(@RestPath UUID id) {
        return texts.find(current.require(), id)
                .map(found -> found.map(stored -> ApiAnswer.ok(TextAnswer.of(stored, clock.instant())))
                        .orElseThrow(() -> Problem.notFound("There is no such text.")));
    }

    /** Takes back a text that has not left yet: 204. */
    @DELETE
    @Path("/{id}")
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Takes back a text that has not left yet")
    @APIResponse(responseCode = "204", description = "It will not leave")
    @APIResponse(responseCode = "409", description = "TOO_LATE: it has left, or is leaving")
    public Uni<Response> takeBack(@RestPath UUID id) {
        UUID tenantId = current.require();
        return texts.find(tenantId, id)
                .map(found -> found.orElseThrow(() -> Problem.notFound("There is no such text.")))
                .chain(stored -> texts.takeBack(tenantId, id))
                .map(inTime -> {
                    if (!inTime) {
                        throw Problem.conflict("TOO_LATE", "The text has left already, or will never leave.");
                    }
                    return Response.noContent().build();
                });
    }
}
