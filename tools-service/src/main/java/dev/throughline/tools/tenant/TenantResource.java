package dev.throughline.tools.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.ErrorMappers;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Administration of tenants, for operators. */
@TimeLimited
@Path("/api/tenants")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "tenants")
class TenantResource {

    private final Tenants tenants;
    private final CurrentTenant current;
    private final ObjectMapper json;

    @Inject
    TenantResource(Tenants tenants, CurrentTenant current, ObjectMapper json) {
        this.tenants = tenants;
        this.current = current;
        this.json = json;
    }

    @POST
    @RolesAllowed("admin")
    @Operation(summary = "Creates a tenant; only for an admin of the installation. Shows the tool secret once.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = TenantAnswer.class)))
    public Uni<Response> create(@Nullable TenantDraft draft) {
        if (!current.isInstallationAdmin()) {
            throw Problem.forbidden("Only an admin of the installation creates tenants.");
        }
        ToolSecret secret = ToolSecret.create();
        Tenant tenant = TenantCheck.tenant(UUID.randomUUID(), present(draft), List.of(secret.hash()), Map.of(), 1);
        return tenants.create(tenant).map(created -> Response.created(URI.create("/api/tenants/" + created.id()))
                .entity(TenantAnswer.of(created, secret))
                .build());
    }

    @GET
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "The caller's tenant; for an admin of the installation all of them.")
    public Uni<List<TenantAnswer>> list() {
        return current.isInstallationAdmin()
                ? tenants.all().map(all -> all.stream().map(TenantAnswer::of).toList())
                : tenants.find(current.require()).map(own -> List.of(TenantAnswer.of(own)));
    }

    @GET
    @Path("{tenantId}")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "One tenant.")
    public Uni<TenantAnswer> find(@PathParam("tenantId") String tenantId) {
        return tenants.find(current.require(tenantId)).map(TenantAnswer::of);
    }

    @PUT
    @Path("{tenantId}")
    @RolesAllowed("admin")
    @Operation(summary = "Replaces a tenant's record; its id and tool secrets stay.")
    public Uni<TenantAnswer> replace(@PathParam("tenantId") String tenantId, @Nullable TenantDraft draft) {
        TenantDraft whole = present(draft);
        return tenants.change(current.require(tenantId), tenant -> changed(tenant, whole))
                .map(TenantAnswer::of);
    }

    @PATCH
    @Path("{tenantId}")
    @RolesAllowed("admin")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(summary = "Changes the members given (JSON Merge Patch, RFC 7396); null removes one.")
    @RequestBody(content = @Content(schema = @Schema(implementation = TenantDraft.class)))
    public Uni<TenantAnswer> change(@PathParam("tenantId") String tenantId, @Nullable JsonNode patch) {
        if (patch == null || !patch.isObject()) {
            throw Problem.invalid("body", "must be a JSON object");
        }
        return tenants.change(current.require(tenantId), tenant -> changed(tenant, merged(tenant, patch)))
                .map(TenantAnswer::of);
    }

    @POST
    @Path("{tenantId}/tool-secret")
    @RolesAllowed("admin")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary =
                    "Makes a new tool secret, shown once; the one before stays valid for the overlap, and no longer than until the next rotation.")
    public Uni<TenantAnswer> rotate(@PathParam("tenantId") String tenantId) {
        ToolSecret secret = ToolSecret.create();
        return tenants.rotate(current.require(tenantId), secret, ToolSecretUse.BY_HAND)
                .map(tenant -> TenantAnswer.of(tenant, secret));
    }

    private TenantDraft merged(Tenant tenant, JsonNode patch) {
        try {
            return json.treeToValue(
                    MergePatch.apply(json.valueToTree(TenantDraft.of(tenant)), patch), TenantDraft.class);
        } catch (JsonProcessingException misfit) {
            throw ErrorMappers.jsonProblem(misfit);
        }
    }

    private static Tenant changed(Tenant tenant, TenantDraft draft) {
        return TenantCheck.tenant(
                tenant.id(), draft, tenant.toolSecretHashes(), tenant.toolSecretEnds(), tenant.version() + 1);
    }

    private static TenantDraft present(@Nullable TenantDraft draft) {
        if (draft == null) {
            throw Problem.invalid("body", "is required");
        }
        return draft;
    }
}
