package dev.throughline.context.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.throughline.context.lead.LeadSummary;
import dev.throughline.context.lead.LeadViews;
import dev.throughline.context.stream.LogFollower.Batch;
import dev.throughline.events.EventJson;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The tenant's board as it changes: how leads stand, each whenever something happened to it. The SSE id is a position in the log, the same
 * in every replica, so a client that was away is told of every lead that changed meanwhile.
 */
@Path("/api/stream/leads")
@RolesAllowed({"viewer", "operator", "admin"})
@Tag(name = "Streams")
public class BoardStreamResource {

    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private final CurrentTenant tenant;
    private final JsonWebToken token;
    private final BoardLog log;
    private final SseLines lines;
    private final ChangeSignals signals;
    private final StreamConfig config;

    BoardStreamResource(
            CurrentTenant tenant,
            JsonWebToken token,
            BoardLog log,
            SseLines lines,
            ChangeSignals signals,
            StreamConfig config) {
        this.tenant = tenant;
        this.token = token;
        this.log = log;
        this.lines = lines;
        this.signals = signals;
        this.config = config;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @RunOnVirtualThread // a refusal must be an answer of its own, so it is known before the stream begins
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @Operation(
            summary =
                    "Leads of the tenant as they change, from now on or after Last-Event-ID (header, or query lastEventId):"
                            + " event \"lead\" with the lead as in the list")
    public Multi<OutboundSseEvent> follow(
            @HeaderParam("Last-Event-ID") @Nullable String header,
            @RestQuery @Nullable String lastEventId,
            @Context Sse sse) {
        UUID tenantId = tenant.require();
        long expires = token.getExpirationTime();
        @Nullable String known = header == null || header.isBlank() ? lastEventId : header;
        BoardPosition from =
                known == null || known.isBlank() ? log.head().await().atMost(LOOK_UP) : position(known);
        lines.requireRoom();
        AtomicReference<BoardPosition> seen = new AtomicReference<>(from);
        return lines.open(
                sse,
                expires,
                emitter -> new LogFollower(
                        cursor -> read(tenantId, seen, sse), 0, lines.opening(sse, from.text()), emitter),
                wake -> signals.onTenant(tenantId, wake),
                wake -> signals.offTenant(tenantId, wake));
    }

    private Uni<Batch> read(UUID tenantId, AtomicReference<BoardPosition> seen, Sse sse) {
        return log.since(tenantId, seen.get(), config.buffer()).map(changes -> {
            List<OutboundSseEvent> events = new ArrayList<>(changes.leads().size());
            for (int i = 0; i < changes.leads().size(); i++) {
                // Only with the last one is everything up to the position told.
                boolean last = i == changes.leads().size() - 1;
                events.add(line(changes.leads().get(i), last ? changes.position() : null, sse));
            }
            seen.set(changes.position());
            return new Batch(events, 0, changes.more());
        });
    }

    private static BoardPosition position(String text) {
        try {
            return BoardPosition.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw Problem.invalid("Last-Event-ID", "must be an id of this stream");
        }
    }

    private static OutboundSseEvent line(LeadSummary lead, @Nullable BoardPosition position, Sse sse) {
        try {
            OutboundSseEvent.Builder line = sse.newEventBuilder()
                    .name("lead")
                    .data(String.class, EventJson.mapper().writeValueAsString(LeadViews.Lead.of(lead, Instant.now())));
            return (position == null ? line : line.id(position.text())).build();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }
}
