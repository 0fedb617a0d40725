package dev.throughline.context.rebuild;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Rebuilding, for an admin of the installation: it is about every tenant's leads. */
@TimeLimited
@Path("/api/admin/rebuild")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Tag(name = "Administration")
public class RebuildResource {

    private final CurrentTenant caller;
    private final JsonWebToken token;
    private final RebuildStore store;
    private final Rebuilder rebuilder;

    RebuildResource(CurrentTenant caller, JsonWebToken token, RebuildStore store, Rebuilder rebuilder) {
        this.caller = caller;
        this.token = token;
        this.store = store;
        this.rebuilder = rebuilder;
    }

    @POST
    @Operation(
            summary =
                    "Folds the whole topic into a fresh copy, compares it with the read model and puts it in its place")
    @APIResponse(responseCode = "202", description = "It is under way; GET tells how far it is")
    @APIResponse(responseCode = "409", description = "One is running already")
    public Uni<Response> ask(@RestQuery @DefaultValue("true") boolean swap) {
        requireInstallationAdmin();
        return store.ask(UUID.randomUUID(), swap, token.getName())
                .invoke(asked -> {
                    if (!asked) {
                        throw Problem.conflict("REBUILD_RUNNING", "A rebuild is running already.");
                    }
                })
                .chain(rebuilder::look)
                .chain(this::latest)
                .map(rebuild -> Response.accepted(rebuild).build());
    }

    @GET
    @Operation(summary = "The rebuild that is running, else the last one")
    @APIResponse(responseCode = "404", description = "There never was one")
    public Uni<Rebuild> find() {
        requireInstallationAdmin();
        return latest();
    }

    @DELETE
    @Operation(summary = "Gives the running rebuild up; the read model stays as it is")
    public Uni<Rebuild> cancel() {
        requireInstallationAdmin();
        return store.cancel()
                .invoke(running -> {
                    if (!running) {
                        throw Problem.notFound("No rebuild is running.");
                    }
                })
                .chain(this::latest);
    }

    private Uni<Rebuild> latest() {
        return store.latest().map(latest -> latest.orElseThrow(() -> Problem.notFound("There was no rebuild yet.")));
    }

    private void requireInstallationAdmin() {
        if (!caller.isInstallationAdmin()) {
            throw Problem.forbidden("This needs a token of an admin of the installation, one without a tenant.");
        }
    }
}
