package dev.throughline.sms.request;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.security.ServiceToken.Claims;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.Problem;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.outbound.Errand;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Texts out, for our other services. Not routed by the ingress. The header {@value ServiceToken#HEADER} holds a {@link ServiceToken} for
 * audience {@value ServiceToken#SMS_SERVICE} whose subject is the caller's key of the text and whose tenant is the text's.
 */
@Path("/internal/texts")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "texts")
public class InternalTextResource {

    private final ServiceToken tokens;
    private final SendTexts texts;
    private final TenantDirectory tenants;
    private final SmsConfig config;
    private final Clock clock;

    InternalTextResource(ServiceToken tokens, SendTexts texts, TenantDirectory tenants, SmsConfig config, Clock clock) {
        this.tokens = tokens;
        this.texts = texts;
        this.tenants = tenants;
        this.config = config;
        this.clock = clock;
    }

    /**
     * What is asked: a {@link SendRequest} with its purpose.
     *
     * @param idempotencyKey the token's subject again, or left out
     * @param purpose {@code agent-tool}, {@code follow-up} or {@code reminder}
     */
    public record Order(
            @Nullable String tenantId,
            @Nullable String to,
            @Nullable String leadId,
            @Nullable String body,
            @Nullable List<String> mediaUrls,
            @Nullable String sendAt,
            @Nullable String idempotencyKey,
            @Nullable String inQuietHours,
            @Nullable String purpose) {

        /** Without what the token and the purpose say. */
        SendRequest request() {
            return new SendRequest(tenantId, to, leadId, body, mediaUrls, sendAt, null, inQuietHours);
        }
    }

    /** Answers as {@code POST /api/twilio/send-sms} does, refusals included; the text's events carry the purpose and the key. */
    @POST
    @Operation(summary = "Sends a text another service wants sent, now or later, once per key")
    @APIResponse(responseCode = "202", description = "It is queued or scheduled; also for a repeat under the same key")
    @APIResponse(responseCode = "400", description = "A field is missing or wrong; all of them are named")
    @APIResponse(responseCode = "401", description = "No service token for this service")
    @APIResponse(responseCode = "403", description = "The token is of another tenant or another key")
    @APIResponse(responseCode = "404", description = "No such tenant, or a lead without a number")
    @APIResponse(responseCode = "409", description = "OPTED_OUT, QUIET_HOURS or NO_SENDER")
    @APIResponse(responseCode = "422", description = "The key was used for another text")
    @APIResponse(responseCode = "429", description = "Over the tenant's rate")
    public Uni<Response> send(@HeaderParam(ServiceToken.HEADER) @Nullable String token, @Nullable Order order) {
        Claims claims = tokens.verify(token == null ? "" : token, ServiceToken.SMS_SERVICE)
                .orElseThrow(() -> Problem.of(401, "UNAUTHENTICATED", "This needs a service token."));
        if (order == null) {
            throw Problem.invalid("body", "of the request is missing");
        }
        if (claims.tenantId() == null || !claims.tenantId().toString().equalsIgnoreCase(order.tenantId())) {
            throw Problem.forbidden("This needs a service token of this tenant.");
        }
        String key = order.idempotencyKey();
        if (key != null && !key.equals(claims.subject())) {
            throw Problem.forbidden("This needs a service token of this text: its subject is the idempotencyKey.");
        }
        Tenant tenant = tenants.byId(claims.tenantId()).orElseThrow(() -> Problem.notFound("There is no such tenant."));
        CheckedRequest request =
                CheckedRequest.of(order.request(), errand(order, claims.subject()), tenant, config.maxLength());
        return texts.send(tenant, request)
                .map(stored -> Response.accepted(ApiAnswer.ok(TextAnswer.of(stored, clock.instant())))
                        .build());
    }

    private static Errand errand(Order order, String key) {
        Errand.Purpose purpose = Errand.Purpose.of(order.purpose() == null ? "" : order.purpose())
                .orElseThrow(() -> Problem.invalid("purpose", "must be agent-tool, follow-up or reminder"));
        if (key.isBlank() || key.length() > CheckedRequest.LONGEST_KEY) {
            throw Problem.invalid(
                    "idempotencyKey",
                    "must have 1 to " + CheckedRequest.LONGEST_KEY + " characters: the token's subject");
        }
        return new Errand(purpose, key);
    }
}
