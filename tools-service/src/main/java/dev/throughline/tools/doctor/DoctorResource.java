package dev.throughline.tools.doctor;

import dev.throughline.platform.tenant.CurrentTenant;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Examines the set-up of a tenant. */
@Path("/api/tenants/{tenantId}/doctor")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@RunOnVirtualThread
@Tag(name = "provisioning")
class DoctorResource {

    private final Doctor doctor;
    private final CurrentTenant current;

    @Inject
    DoctorResource(Doctor doctor, CurrentTenant current) {
        this.doctor = doctor;
        this.current = current;
    }

    /** What was looked at, in the order it was. */
    public record Report(List<Check> checks) {}

    @GET
    @Operation(
            summary =
                    "Looks at the public address, the signatures, the credentials and the providers; every fault has its cure.")
    public Report examine(@PathParam("tenantId") String tenantId) {
        return new Report(doctor.examine(current.require(tenantId)));
    }
}
