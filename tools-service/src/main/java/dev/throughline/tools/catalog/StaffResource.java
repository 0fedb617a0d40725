package dev.throughline.tools.catalog;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Administration of staff, for operators. */
@TimeLimited
@Path("/api/tenants/{tenantId}/staff")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "catalog")
class StaffResource {

    private final Catalog catalog;
    private final CatalogRows rows;
    private final CatalogChanges changes;
    private final Pool pool;
    private final CurrentTenant current;

    @Inject
    StaffResource(Catalog catalog, CatalogRows rows, CatalogChanges changes, Pool pool, CurrentTenant current) {
        this.catalog = catalog;
        this.rows = rows;
        this.changes = changes;
        this.pool = pool;
        this.current = current;
    }

    @GET
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "The tenant's staff.")
    public Uni<List<StaffAnswer>> list(@PathParam("tenantId") String tenantId) {
        return catalog.staff(pool, current.require(tenantId))
                .map(all -> all.stream().map(StaffAnswer::of).toList());
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "One staff member.")
    public Uni<StaffAnswer> find(@PathParam("tenantId") String tenantId, @PathParam("id") String id) {
        UUID wanted = CatalogPaths.id(id, "staff member");
        return catalog.staff(pool, current.require(tenantId))
                .map(all -> StaffAnswer.of(CatalogPaths.find(all, StaffMember::id, wanted, "staff member")));
    }

    @POST
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Adds a staff member.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = StaffAnswer.class)))
    public Uni<Response> add(@PathParam("tenantId") String tenantId, @Nullable StaffDraft draft) {
        UUID tenant = current.require(tenantId);
        return put(tenant, UUID.randomUUID(), draft, offering -> {})
                .map(made -> Response.created(CatalogPaths.of(tenant, "staff", made.id()))
                        .entity(made)
                        .build());
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Replaces a staff member; appointments that were made stay.")
    public Uni<StaffAnswer> replace(
            @PathParam("tenantId") String tenantId, @PathParam("id") String id, @Nullable StaffDraft draft) {
        UUID tenant = current.require(tenantId);
        UUID wanted = CatalogPaths.id(id, "staff member");
        return put(
                tenant,
                wanted,
                draft,
                offering -> CatalogPaths.find(offering.staff(), StaffMember::id, wanted, "staff member"));
    }

    @DELETE
    @Path("{id}")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Removes a staff member; 409 while appointments are ahead.")
    public Uni<Void> remove(@PathParam("tenantId") String tenantId, @PathParam("id") String id) {
        UUID tenant = current.require(tenantId);
        UUID wanted = CatalogPaths.id(id, "staff member");
        return changes.make(tenant, "staff member", (tx, offering) -> rows.removeStaff(tx, tenant, wanted));
    }

    private Uni<StaffAnswer> put(UUID tenant, UUID id, @Nullable StaffDraft draft, Consumer<Offering> check) {
        if (draft == null) {
            throw Problem.invalid("body", "is required");
        }
        return changes.make(tenant, "staff member", (tx, offering) -> {
                    check.accept(offering);
                    return rows.put(tx, draft.check(id, tenant, offering.services()));
                })
                .chain(() -> find(tenant.toString(), id.toString()));
    }
}
