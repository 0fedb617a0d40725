package dev.throughline.context.board;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The board's boxes; the list of leads beside them is {@code GET /api/leads}, the changes are {@code GET /api/stream/leads}. */
@TimeLimited
@Path("/api/board")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"viewer", "operator", "admin"})
@Tag(name = "Board")
public class BoardResource {

    /** Older than that, a call's end was never told (Twilio ends a call after 4 hours at the latest by default). */
    private static final Duration LONGEST_CALL = Duration.ofHours(4);

    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    private final CurrentTenant tenant;
    private final BoardRepository repository;
    private final Clock clock;

    BoardResource(CurrentTenant tenant, BoardRepository repository, Clock clock) {
        this.tenant = tenant;
        this.repository = repository;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "Live calls, waiting texts, missed calls and today's numbers in the tenant's time zone")
    public Uni<Board> board() {
        Tenant business = tenant.tenant();
        Instant now = clock.instant();
        LocalDate today = now.atZone(business.zone()).toLocalDate();
        Instant midnight = today.atStartOfDay(business.zone()).toInstant();
        return Uni.combine()
                .all()
                .unis(
                        repository.liveCalls(business.id(), now.minus(LONGEST_CALL)),
                        repository.waitingTexts(business.id(), now.minus(LONGEST_WAIT)),
                        repository.missedCalls(business.id(), midnight),
                        repository.numbers(business.id(), midnight))
                .with((live, waiting, missed, numbers) ->
                        new Board(now, business.zone().getId(), today, live, waiting, missed, numbers));
    }
}
