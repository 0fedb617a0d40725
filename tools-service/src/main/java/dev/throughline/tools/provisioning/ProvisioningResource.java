package dev.throughline.tools.provisioning;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Sets the providers up for a tenant. No answer holds a secret. */
@Path("/api/tenants/{tenantId}/provisioning")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@RunOnVirtualThread
@Tag(name = "provisioning")
class ProvisioningResource {

    private final Provisioner provisioner;
    private final CurrentTenant current;

    @Inject
    ProvisioningResource(Provisioner provisioner, CurrentTenant current) {
        this.provisioner = provisioner;
        this.current = current;
    }

    /**
     * How a run goes.
     *
     * @param targets the providers that are set up, {@code ElevenLabs} and {@code Twilio}; absent: both
     * @param rotateSecret gives the agents a new tool secret although theirs is good; the old one stays valid for the overlap
     * @param sealWith a public RSA key (X.509, base64): should the post-call webhook have to be made, its secret comes back encrypted for it
     */
    public record Order(
            @Nullable Set<String> targets,
            @Nullable Boolean rotateSecret,
            @Nullable String sealWith) {}

    @GET
    @Operation(summary = "What would be made or changed at the providers, step by step.")
    public Plan plan(@PathParam("tenantId") String tenantId) {
        return asked(() -> provisioner.plan(current.require(tenantId)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary =
                    "Makes and changes it, and tells of every step. May be repeated: what is so already is not touched.",
            description = "Only an admin of the installation is given the secret of a new webhook.")
    public Plan apply(@PathParam("tenantId") String tenantId, @Nullable Order order) {
        boolean rotate = order != null && Boolean.TRUE.equals(order.rotateSecret());
        String key = order == null ? null : order.sealWith();
        if (key != null && !current.isInstallationAdmin()) {
            throw Problem.forbidden("Only an admin of the installation is given the webhook's secret.");
        }
        Seal seal = key == null ? null : Seal.of(key);
        Set<String> targets = order == null || order.targets() == null ? Provisioner.EVERYWHERE : order.targets();
        if (!Provisioner.EVERYWHERE.containsAll(targets)) {
            throw Problem.invalid("targets", "must be of " + Provisioner.EVERYWHERE);
        }
        return asked(() -> provisioner.apply(current.require(tenantId), targets, rotate, seal));
    }

    private static Plan asked(Supplier<Plan> work) {
        try {
            return work.get();
        } catch (ProviderFailure failure) {
            Problem problem = Problem.of(502, "PROVIDER_FAILED", failure.what());
            throw failure.cure().isEmpty() ? problem : problem.cure(failure.cure());
        }
    }
}
