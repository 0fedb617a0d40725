package dev.throughline.telephony.conference;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;

/** Which rooms whoever asks may see, and how they are shown. */
@Singleton
final class RoomAccess {

    private final Rooms rooms;
    private final TenantDirectory tenants;
    private final CurrentTenant current;

    RoomAccess(Rooms rooms, TenantDirectory tenants, CurrentTenant current) {
        this.rooms = rooms;
        this.tenants = tenants;
        this.current = current;
    }

    /** A room of the caller's tenant. @throws Problem 404 for any other */
    Uni<Room> room(String name) {
        // Asked now: the identity belongs to the request, not to what follows.
        Optional<UUID> tenantId = current.isInstallationAdmin() ? Optional.empty() : Optional.of(current.require());
        return tenantId.map(id -> rooms.find(id, name))
                .orElseGet(() -> rooms.find(name))
                .map(found -> found.orElseThrow(Conferences::noSuchRoom));
    }

    /** The tenant. @throws Problem 404 when the directory does not know it */
    Tenant tenant(UUID id) {
        return tenants.byId(id).orElseThrow(() -> Problem.notFound("There is no such tenant."));
    }

    static Response answer(Response.Status status, Room room) {
        return Response.status(status).entity(ApiAnswer.ok(RoomView.of(room))).build();
    }
}
