package dev.throughline.telephony.live;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.call.LiveCalls;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** A tenant's live calls. */
@Path("/api/twilio/calls")
@RolesAllowed({"viewer", "operator", "admin"})
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls")
public final class LiveCallsResource {

    private static final int MOST = 200;

    private final CurrentTenant tenant;
    private final LiveCalls calls;

    LiveCallsResource(CurrentTenant tenant, LiveCalls calls) {
        this.tenant = tenant;
        this.calls = calls;
    }

    /**
     * A live call.
     *
     * @param direction inbound or outbound
     * @param path bridge, native, register, conference or direct; null while only a status was heard of it
     * @param from as Twilio says it
     * @param since when it began
     * @param status Twilio's CallStatus
     */
    public record LiveCall(
            String callSid,
            UUID leadId,
            String direction,
            @Nullable String path,
            String from,
            String to,
            Instant since,
            String status) {

        static LiveCall of(CallRow call) {
            var path = call.origin().path();
            return new LiveCall(
                    call.parties().callSid(),
                    call.parties().leadId(),
                    lower(call.origin().direction()),
                    path == null ? null : lower(path),
                    call.origin().from(),
                    call.origin().to(),
                    call.startedAt(),
                    call.progress().status().wire());
        }

        private static String lower(Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A page.
     *
     * @param next the cursor of the next page; null on the last
     */
    public record LivePage(List<LiveCall> calls, @Nullable String next) {}

    /** The oldest first. */
    @GET
    @Operation(summary = "The tenant's live calls, the oldest first")
    @APIResponse(responseCode = "200", description = "A page, with the cursor of the next one")
    @APIResponse(responseCode = "400", description = "limit, cursor or live is wrong")
    @APIResponse(responseCode = "503", description = "The database does not answer")
    public Uni<LivePage> list(
            @RestQuery @DefaultValue("true") boolean live,
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") int limit) {
        UUID own = tenant.require();
        if (!live) {
            throw Problem.invalid("live", "must be true: calls that have ended stand in the history of their leads");
        }
        if (limit < 1 || limit > MOST) {
            throw Problem.invalid("limit", "must be between 1 and " + MOST);
        }
        LiveCursor after = cursor == null
                ? LiveCursor.BEGINNING
                : LiveCursor.parse(cursor)
                        .orElseThrow(() -> Problem.invalid("cursor", "is not a cursor of an earlier answer"));
        return calls.page(own, after.since(), after.callSid(), limit + 1)
                .onFailure()
                .transform(failure -> Problem.unavailable("The live calls could not be looked up."))
                .map(found -> page(found, limit));
    }

    private static LivePage page(List<CallRow> found, int most) {
        List<CallRow> page = found.subList(0, Math.min(most, found.size()));
        return new LivePage(
                page.stream().map(LiveCall::of).toList(),
                found.size() <= most ? null : LiveCursor.after(page.getLast()).text());
    }
}
