package dev.throughline.context.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.throughline.context.lead.EventLog;
import dev.throughline.context.lead.LeadRepository;
import dev.throughline.context.lead.StoredEvent;
import dev.throughline.context.stream.LogFollower.Batch;
import dev.throughline.events.EventJson;
import dev.throughline.events.SmsEvent;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * One lead's events as they happen. The SSE id is the Kafka offset, which rises within a lead and is the same in every replica, so
 * a client resumes anywhere; what it gets is always read from the log.
 */
@Path("/api/stream/conversation")
@RolesAllowed({"viewer", "operator", "admin"})
@Tag(name = "Streams")
public class ConversationStreamResource {

    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private final CurrentTenant tenant;
    private final JsonWebToken token;
    private final LeadRepository leads;
    private final EventLog log;
    private final SseLines lines;
    private final ChangeSignals signals;
    private final StreamConfig config;

    ConversationStreamResource(
            CurrentTenant tenant,
            JsonWebToken token,
            LeadRepository leads,
            EventLog log,
            SseLines lines,
            ChangeSignals signals,
            StreamConfig config) {
        this.tenant = tenant;
        this.token = token;
        this.leads = leads;
        this.log = log;
        this.lines = lines;
        this.signals = signals;
        this.config = config;
    }

    @GET
    @Path("/{leadId}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @RunOnVirtualThread // a refusal must be an answer of its own, so it is known before the stream begins
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @Operation(
            summary = "The lead's events from now on, or after Last-Event-ID (header, or query lastEventId)",
            description = "Events come without a name, so that a page's onmessage sees them and reads update.type and"
                    + " update.message.content; named=true gives each its CloudEvents type as its name.")
    public Multi<OutboundSseEvent> follow(
            @RestPath UUID leadId,
            @HeaderParam("Last-Event-ID") @Nullable String header,
            @RestQuery @Nullable String lastEventId,
            @RestQuery @DefaultValue("false") boolean named,
            @Context Sse sse) {
        @Nullable Long known = offset(header == null || header.isBlank() ? lastEventId : header);
        long expires = token.getExpirationTime();
        if (!leads.exists(tenant.require(), leadId).await().atMost(LOOK_UP)) {
            throw Problem.notFound("There is no such lead.");
        }
        long from = known == null ? log.lastOffset(leadId).await().atMost(LOOK_UP) : known;
        lines.requireRoom();
        return lines.open(
                sse,
                expires,
                emitter -> new LogFollower(
                        cursor -> read(leadId, cursor, named, sse),
                        from,
                        lines.opening(sse, Long.toString(from)),
                        emitter),
                wake -> signals.onLead(leadId, wake),
                wake -> signals.offLead(leadId, wake));
    }

    private Uni<Batch> read(UUID leadId, long cursor, boolean named, Sse sse) {
        return log.after(leadId, cursor, config.buffer()).chain(events -> frames(leadId, events, named, sse)
                .map(frames -> new Batch(
                        frames,
                        events.isEmpty() ? cursor : events.getLast().offset(),
                        events.size() == config.buffer())));
    }

    private Uni<List<OutboundSseEvent>> frames(UUID leadId, List<StoredEvent> events, boolean named, Sse sse) {
        return Multi.createFrom()
                .iterable(events)
                .onItem()
                .transformToUniAndConcatenate(stored -> related(leadId, stored)
                        .map(related -> line(stored, StreamFrame.of(stored.event(), related), named, sse)))
                .collect()
                .asList();
    }

    /** No further than the event itself, so that it reads the same whenever it is read. */
    private Uni<List<StoredEvent>> related(UUID leadId, StoredEvent stored) {
        return switch (stored.event().event()) {
            // Twilio may report a text before we have told that it was sent.
            case SmsEvent.Sent text -> log.about(leadId, text.messageSid(), stored.offset());
            case SmsEvent.StatusChanged status -> log.about(leadId, status.messageSid(), stored.offset());
            default -> Uni.createFrom().item(List.of());
        };
    }

    private static OutboundSseEvent line(StoredEvent stored, StreamFrame frame, boolean named, Sse sse) {
        try {
            OutboundSseEvent.Builder line = sse.newEventBuilder()
                    .id(Long.toString(stored.offset()))
                    .data(String.class, EventJson.mapper().writeValueAsString(frame));
            return (named ? line.name(frame.event()) : line).build();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }

    static @Nullable Long offset(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException malformed) {
            throw Problem.invalid("Last-Event-ID", "must be an id of this stream");
        }
    }
}
