package dev.throughline.tools.catalog;

import dev.throughline.events.tenant.Closure;
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

/** Administration of closures and holidays, for operators. */
@TimeLimited
@Path("/api/tenants/{tenantId}/closures")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "catalog")
class ClosureResource {

    private final Catalog catalog;
    private final CatalogRows rows;
    private final CatalogChanges changes;
    private final Pool pool;
    private final CurrentTenant current;

    @Inject
    ClosureResource(Catalog catalog, CatalogRows rows, CatalogChanges changes, Pool pool, CurrentTenant current) {
        this.catalog = catalog;
        this.rows = rows;
        this.changes = changes;
        this.pool = pool;
        this.current = current;
    }

    @GET
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "The tenant's closures and holidays.")
    public Uni<List<Closure>> list(@PathParam("tenantId") String tenantId) {
        return catalog.closures(pool, current.require(tenantId));
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "One closure.")
    public Uni<Closure> find(@PathParam("tenantId") String tenantId, @PathParam("id") String id) {
        UUID wanted = CatalogPaths.id(id, "closure");
        return catalog.closures(pool, current.require(tenantId))
                .map(all -> CatalogPaths.find(all, Closure::id, wanted, "closure"));
    }

    @POST
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Adds a closure.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = Closure.class)))
    public Uni<Response> add(@PathParam("tenantId") String tenantId, @Nullable ClosureDraft draft) {
        UUID tenant = current.require(tenantId);
        return put(tenant, UUID.randomUUID(), draft, offering -> {})
                .map(made -> Response.created(CatalogPaths.of(tenant, "closures", made.id()))
                        .entity(made)
                        .build());
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Replaces a closure.")
    public Uni<Closure> replace(
            @PathParam("tenantId") String tenantId, @PathParam("id") String id, @Nullable ClosureDraft draft) {
        UUID tenant = current.require(tenantId);
        UUID wanted = CatalogPaths.id(id, "closure");
        return put(
                tenant,
                wanted,
                draft,
                offering -> CatalogPaths.find(offering.closures(), Closure::id, wanted, "closure"));
    }

    @DELETE
    @Path("{id}")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Removes a closure.")
    public Uni<Void> remove(@PathParam("tenantId") String tenantId, @PathParam("id") String id) {
        UUID tenant = current.require(tenantId);
        UUID wanted = CatalogPaths.id(id, "closure");
        return changes.make(tenant, "closure", (tx, offering) -> rows.removeClosure(tx, tenant, wanted));
    }

    private Uni<Closure> put(UUID tenant, UUID id, @Nullable ClosureDraft draft, Consumer<Offering> check) {
        if (draft == null) {
            throw Problem.invalid("body", "is required");
        }
        Closure closure = draft.check(id);
        return changes.make(tenant, "closure", (tx, offering) -> {
                    check.accept(offering);
                    return rows.put(tx, tenant, closure);
                })
                .replaceWith(closure);
    }
}
