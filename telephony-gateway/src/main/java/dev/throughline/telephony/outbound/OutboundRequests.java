package dev.throughline.telephony.outbound;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.ConversationVariables;
import dev.throughline.platform.elevenlabs.ConversationVariables.Facts;
import dev.throughline.platform.elevenlabs.ConversationVariables.Medium;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.ErrorAnswers;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests for calls, read and answered the same whether an operator or one of our services makes them. */
@Singleton
final class OutboundRequests {

    private final OutboundCalls calls;
    private final TenantDirectory tenants;
    private final ErrorAnswers errors;
    private final CallMetrics metrics;

    OutboundRequests(OutboundCalls calls, TenantDirectory tenants, ErrorAnswers errors, CallMetrics metrics) {
        this.calls = calls;
        this.tenants = tenants;
        this.errors = errors;
        this.metrics = metrics;
    }

    /**
     * Has a customer called.
     *
     * @param tenantId whose call it is; whoever asks was found to be allowed it
     * @param via of the query, null when it names none
     * @param key of the header Idempotency-Key, null when there is none
     * @throws Problem 4xx that names the cure
     */
    Uni<Response> call(
            UUID tenantId, OutboundRequest request, @Nullable String via, @Nullable String key, UriInfo uri) {
        Tenant tenant = tenants.byId(tenantId).orElseThrow(() -> Problem.notFound("There is no such tenant."));
        Order order = OrderReader.read(request, tenant, reserved(tenant), via, key);
        return metrics.timed("outbound-call", () -> calls.place(order)).map(row -> answer(row, uri));
    }

    private Response answer(OutboundRow row, UriInfo uri) {
        Refusal refusal = row.state() == OutboundState.NOT_FOUND
                ? CallPolicy.neverMade()
                : row.progress().refusal();
        Response.ResponseBuilder response = refusal == null
                ? Response.status(row.state() == OutboundState.PLACED ? 200 : 202)
                        .entity(ApiAnswer.ok(OutboundAnswer.of(row, null)))
                : Response.fromResponse(errors.of(refusal.problem(), uri));
        return response.header("Location", "/api/elevenlabs/outbound-calls/" + row.id())
                .build();
    }

    /** The names every conversation has anyway. */
    private static Set<String> reserved(Tenant tenant) {
        Facts nobody = new Facts(new UUID(0, 0), null, null, null, Medium.VOICE);
        Set<String> names = new HashSet<>(
                ConversationVariables.of(tenant, "", nobody, Instant.EPOCH).keySet());
        names.add("conversation_id");
        return names;
    }
}
