package dev.throughline.tools.catalog;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Administration of services and staff, for operators. */
@TimeLimited
@Path("/api/tenants/{tenantId}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "catalog")
class CatalogResource {

    private final Catalog catalog;
    private final Pool pool;
    private final CurrentTenant current;

    @Inject
    CatalogResource(Catalog catalog, Pool pool, CurrentTenant current) {
        this.catalog = catalog;
        this.pool = pool;
        this.current = current;
    }

    @GET
    @Path("services")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "The tenant's services.")
    public Uni<List<ServiceAnswer>> services(@PathParam("tenantId") String tenantId) {
        return catalog.services(pool, current.require(tenantId))
                .map(services -> services.stream().map(ServiceAnswer::full).toList());
    }

    @POST
    @Path("services")
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Adds a service.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ServiceAnswer.class)))
    public Uni<Response> addService(@PathParam("tenantId") String tenantId, @Nullable ServiceDraft draft) {
        UUID tenant = current.require(tenantId);
        if (draft == null) {
            throw Problem.invalid("body", "is required");
        }
        return catalog.add(pool, draft.check(UUID.randomUUID(), tenant))
                .map(service -> created(tenant, "services", service.id(), ServiceAnswer.full(service)));
    }

    @GET
    @Path("services/{id}")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "One service.")
    public Uni<ServiceAnswer> service(@PathParam("tenantId") String tenantId, @PathParam("id") String id) {
        return catalog.services(pool, current.require(tenantId)).map(services -> services.stream()
                .filter(service -> service.id().toString().equals(id))
                .findFirst()
                .map(ServiceAnswer::full)
                .orElseThrow(() -> Problem.notFound("There is no such service.")));
    }

    @GET
    @Path("staff/{id}")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "One staff member.")
    public Uni<StaffAnswer> member(@PathParam("tenantId") String tenantId, @PathParam("id") String id) {
        return catalog.staff(pool, current.require(tenantId)).map(staff -> staff.stream()
                .filter(member -> member.id().toString().equals(id))
                .findFirst()
                .map(StaffAnswer::of)
                .orElseThrow(() -> Problem.notFound("There is no such staff member.")));
    }

    @GET
    @Path("staff")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "The tenant's staff.")
    public Uni<List<StaffAnswer>> staff(@PathParam("tenantId") String tenantId) {
        return catalog.staff(pool, current.require(tenantId))
                .map(staff -> staff.stream().map(StaffAnswer::of).toList());
    }

    @POST
    @Path("staff")
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Adds a staff member.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = StaffAnswer.class)))
    public Uni<Response> addStaff(@PathParam("tenantId") String tenantId, @Nullable StaffDraft draft) {
        UUID tenant = current.require(tenantId);
        if (draft == null) {
            throw Problem.invalid("body", "is required");
        }
        return catalog.services(pool, tenant)
                .map(services -> draft.check(UUID.randomUUID(), tenant, services))
                .chain(member -> catalog.add(pool, member))
                .map(member -> created(tenant, "staff", member.id(), StaffAnswer.of(member)));
    }

    private static Response created(UUID tenant, String kind, UUID id, Object answer) {
        return Response.created(URI.create("/api/tenants/" + tenant + "/" + kind + "/" + id))
                .entity(answer)
                .build();
    }
}
