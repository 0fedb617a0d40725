package dev.throughline.context.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.throughline.context.lead.LeadRepository;
import dev.throughline.context.lead.LeadSummary;
import dev.throughline.context.lead.LeadViews;
import dev.throughline.context.stream.LogFollower.Batch;
import dev.throughline.events.EventJson;
import dev.throughline.platform.tenant.CurrentTenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/**
 * The tenant's board as it changes. It tells how leads stand, not what happened: a client that connects again reads the list
 * once and goes on, so there are no ids to resume from.
 */
@Path("/api/stream/leads")
@RolesAllowed({"viewer", "operator", "admin"})
@Tag(name = "Streams")
public class BoardStreamResource {

    private final CurrentTenant tenant;
    private final JsonWebToken token;
    private final LeadRepository leads;
    private final SseLines lines;
    private final ChangeSignals signals;
    private final StreamConfig config;

    BoardStreamResource(
            CurrentTenant tenant,
            JsonWebToken token,
            LeadRepository leads,
            SseLines lines,
            ChangeSignals signals,
            StreamConfig config) {
        this.tenant = tenant;
        this.token = token;
        this.leads = leads;
        this.lines = lines;
        this.signals = signals;
        this.config = config;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @Operation(summary = "Leads of the tenant as they change: event \"lead\" with the lead as in the list")
    public Multi<OutboundSseEvent> follow(@Context Sse sse) {
        UUID tenantId = tenant.require();
        // At most one entry per lead of the tenant, whatever happens: what is sent is read when the client can take it.
        Set<UUID> dirty = ConcurrentHashMap.newKeySet();
        return lines.open(
                sse,
                token.getExpirationTime(),
                emitter -> new LogFollower(cursor -> read(tenantId, dirty, sse), 0, lines.opening(sse, "0"), emitter),
                wake -> signals.onTenant(tenantId, new Marking(dirty, wake)),
                wake -> signals.offTenant(tenantId, new Marking(dirty, wake)));
    }

    /** Notes the lead and wakes the client; equal to another of the same client. */
    private record Marking(Set<UUID> dirty, Runnable wake) implements Consumer<UUID> {

        @Override
        public void accept(UUID leadId) {
            dirty.add(leadId);
            wake.run();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Marking marking && marking.wake == wake;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(wake);
        }
    }

    private Uni<Batch> read(UUID tenantId, Set<UUID> dirty, Sse sse) {
        List<UUID> some = dirty.stream().limit(config.buffer()).toList();
        if (some.isEmpty()) {
            return Uni.createFrom().item(new Batch(List.of(), 0, false));
        }
        // Before the read, not after: a change in between marks the lead again.
        some.forEach(dirty::remove);
        return leads.summaries(tenantId, some)
                .map(found -> new Batch(
                        found.stream().map(lead -> line(lead, sse)).toList(), 0, some.size() == config.buffer()));
    }

    private static OutboundSseEvent line(LeadSummary lead, Sse sse) {
        try {
            return sse.newEventBuilder()
                    .name("lead")
                    .data(String.class, EventJson.mapper().writeValueAsString(LeadViews.Lead.of(lead, Instant.now())))
                    .build();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }
}
