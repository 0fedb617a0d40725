package dev.throughline.context.deadletter;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** The dead letters, for an admin of the installation: a record that is no event belongs to no tenant. */
@Path("/api/admin/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed("admin")
@Tag(name = "Administration")
@RunOnVirtualThread // Kafka's consumer blocks
public class DeadLetterResource {

    private static final int MOST = 1_000;

    private final CurrentTenant caller;
    private final JsonWebToken token;
    private final DeadLetters letters;

    DeadLetterResource(CurrentTenant caller, JsonWebToken token, DeadLetters letters) {
        this.caller = caller;
        this.token = token;
        this.letters = letters;
    }

    /** The dead letters, the newest first. */
    public record Letters(List<DeadLetter> deadLetters) {}

    /** How many were put back. */
    public record PutBack(int putBack) {}

    @GET
    @Operation(summary = "The newest dead letters with their reasons; what was in them is not told")
    public Letters list(@RestQuery @DefaultValue("100") int limit) {
        requireInstallationAdmin();
        if (limit < 1 || limit > MOST) {
            throw Problem.invalid("limit", "must be between 1 and " + MOST);
        }
        return new Letters(letters.newest(limit));
    }

    @POST
    @Path("/{partition}/{offset}/put-back")
    @Operation(summary = "Puts one back on the topic it came from")
    @APIResponse(responseCode = "404", description = "There is no dead letter at this place")
    @APIResponse(responseCode = "409", description = "It was put back before")
    public PutBack putBack(@RestPath int partition, @RestPath long offset) {
        requireInstallationAdmin();
        ConsumerRecord<String, byte[]> record = letters.find(partition, offset)
                .orElseThrow(() -> Problem.notFound("There is no dead letter at this place."));
        if (!letters.putBack(record, token.getName())) {
            throw Problem.conflict("PUT_BACK_BEFORE", "This dead letter was put back before.");
        }
        return new PutBack(1);
    }

    @POST
    @Path("/put-back")
    @Operation(
            summary =
                    "Puts back all of the newest 1000 that were not put back yet; those still unfit become dead letters again")
    public PutBack putBackAll() {
        requireInstallationAdmin();
        int done = 0;
        for (DeadLetter letter : letters.newest(MOST).reversed()) {
            if (letter.returnedAt() == null
                    && letters.find(letter.partition(), letter.offset())
                            .filter(record -> letters.putBack(record, token.getName()))
                            .isPresent()) {
                done++;
            }
        }
        return new PutBack(done);
    }

    private void requireInstallationAdmin() {
        if (!caller.isInstallationAdmin()) {
            throw Problem.forbidden("This needs a token of an admin of the installation, one without a tenant.");
        }
    }
}
