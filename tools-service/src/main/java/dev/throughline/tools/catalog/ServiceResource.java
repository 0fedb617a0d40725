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

/** Administration of services, for operators. */
@TimeLimited
@Path("/api/tenants/{tenantId}/services")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "catalog")
class ServiceResource {

    private final Catalog catalog;
    private final CatalogRows rows;
    private final CatalogChanges changes;
    private final Pool pool;
    private final CurrentTenant current;

    @Inject
    ServiceResource(Catalog catalog, CatalogRows rows, CatalogChanges changes, Pool pool, CurrentTenant current) {
        this.catalog = catalog;
        this.rows = rows;
        this.changes = changes;
        this.pool = pool;
        this.current = current;
    }

    @GET
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "The tenant's services.")
    public Uni<List<ServiceAnswer>> list(@PathParam("tenantId") String tenantId) {
        return catalog.services(pool, current.require(tenantId))
                .map(all -> all.stream().map(ServiceAnswer::full).toList());
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"viewer", "operator", "admin"})
    @Operation(summary = "One service.")
    public Uni<ServiceAnswer> find(@PathParam("tenantId") String tenantId, @PathParam("id") String id) {
        UUID wanted = CatalogPaths.id(id, "service");
        return catalog.services(pool, current.require(tenantId))
                .map(all -> ServiceAnswer.full(CatalogPaths.find(all, Service::id, wanted, "service")));
    }

    @POST
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Adds a service.")
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = ServiceAnswer.class)))
    public Uni<Response> add(@PathParam("tenantId") String tenantId, @Nullable ServiceDraft draft) {
        UUID tenant = current.require(tenantId);
        return put(tenant, UUID.randomUUID(), draft, offering -> {})
                .map(made -> Response.created(CatalogPaths.of(tenant, "services", made.id()))
                        .entity(made)
                        .build());
    }

    @PUT
    @Path("{id}")
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Replaces a service; appointments that were made keep their time and price.")
    public Uni<ServiceAnswer> replace(
            @PathParam("tenantId") String tenantId, @PathParam("id") String id, @Nullable ServiceDraft draft) {
        UUID tenant = current.require(tenantId);
        UUID wanted = CatalogPaths.id(id, "service");
        return put(
                tenant,
                wanted,
                draft,
                offering -> CatalogPaths.find(offering.services(), Service::id, wanted, "service"));
    }

    @DELETE
    @Path("{id}")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({"operator", "admin"})
    @Operation(summary = "Takes a service out of the catalog; appointments that were made stay.")
    public Uni<Void> remove(@PathParam("tenantId") String tenantId, @PathParam("id") String id) {
        UUID tenant = current.require(tenantId);
        UUID wanted = CatalogPaths.id(id, "service");
        return changes.make(tenant, "service", (tx, offering) -> rows.removeService(tx, tenant, wanted));
    }

    private Uni<ServiceAnswer> put(UUID tenant, UUID id, @Nullable ServiceDraft draft, Consumer<Offering> check) {
        if (draft == null) {
            throw Problem.invalid("body", "is required");
        }
        Service service = draft.check(id, tenant);
        return changes.make(tenant, "service", (tx, offering) -> {
                    check.accept(offering);
                    return rows.put(tx, service);
                })
                .replaceWith(ServiceAnswer.full(service));
    }
}
