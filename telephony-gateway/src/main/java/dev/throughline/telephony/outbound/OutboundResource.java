package dev.throughline.telephony.outbound;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.call.IdempotencyKey;
import dev.throughline.telephony.call.KnownCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Where operators have customers called, and see what came of it. */
@Path("/api/elevenlabs")
@Produces(MediaType.APPLICATION_JSON)
public final class OutboundResource {

    private final OutboundRequests requests;
    private final OutboundRepository rows;
    private final KnownCalls known;
    private final CurrentTenant caller;
    private final Pool pool;
    private final OutboundConfig config;

    OutboundResource(
            OutboundRequests requests,
            OutboundRepository rows,
            KnownCalls known,
            CurrentTenant caller,
            Pool pool,
            OutboundConfig config) {
        this.requests = requests;
        this.rows = rows;
        this.known = known;
        this.caller = caller;
        this.pool = pool;
        this.config = config;
    }

    /** Has a customer called. */
    @POST
    @Path("/outbound-call")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Calls a lead, with questions and context")
    @APIResponse(responseCode = "200", description = "There is a call: {success, data}")
    @APIResponse(responseCode = "202", description = "There may be a call: it is being looked up, see Location")
    @APIResponse(responseCode = "400", description = "A field is wrong; each is named")
    @APIResponse(responseCode = "409", description = "The first request with this Idempotency-Key is still under way")
    @APIResponse(responseCode = "422", description = "This customer cannot be called so; code and cure say why")
    @APIResponse(responseCode = "429", description = "Too many calls, the tenant's or the provider's; see Retry-After")
    @APIResponse(
            responseCode = "502",
            description = "The provider refuses, or is not set up for it; code and cure say why")
    @APIResponse(responseCode = "503", description = "The provider or the database is away")
    public Uni<Response> call(
            @Nullable OutboundRequest request,
            @QueryParam("via") @Nullable String via,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @Context UriInfo uri) {
        if (request == null) {
            throw Problem.invalid("body", "is missing");
        }
        String asked = request.tenantId();
        UUID tenantId = asked == null || asked.isBlank() ? caller.require() : caller.require(asked.strip());
        return requests.call(tenantId, request, via, key, uri);
    }

    /** Tells what became of a call out. */
    @GET
    @Path("/outbound-calls/{id}")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "What became of a call out")
    @APIResponse(responseCode = "200", description = "{success, data}")
    @APIResponse(responseCode = "404", description = "There is no such call, or it is another tenant's")
    public Uni<ApiAnswer> find(@PathParam("id") UUID id) {
        Optional<UUID> own = caller.isInstallationAdmin() ? Optional.empty() : Optional.of(caller.require());
        return Bounded.within(config.storeWait(), rows.byId(pool, id))
                .map(found -> found.filter(row ->
                                own.isEmpty() || own.get().equals(row.plan().tenantId()))
                        .orElseThrow(() -> Problem.notFound("There is no such call.")))
                .chain(row -> call(row).map(call -> ApiAnswer.ok(OutboundAnswer.of(row, call.orElse(null)))));
    }

    private Uni<Optional<CallRow>> call(OutboundRow row) {
        String callSid = row.progress().callSid();
        return callSid == null ? Uni.createFrom().item(Optional.empty()) : known.find(callSid);
    }
}
