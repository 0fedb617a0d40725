package dev.throughline.context.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.throughline.context.lead.EventLog;
import dev.throughline.context.lead.StoredEvent;
import dev.throughline.context.stream.LogFollower.Batch;
import dev.throughline.context.widget.VisitorView;
import dev.throughline.context.widget.Visitors;
import dev.throughline.context.widget.WidgetConfig;
import dev.throughline.events.EventJson;
import dev.throughline.platform.security.VisitorTokens.Visitor;
import dev.throughline.platform.tenant.CurrentTenant;
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
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** What is written with a visitor's own lead, as it happens: the conversation's stream for the other side of the counter. */
@Path("/api/widget/stream")
@RolesAllowed(CurrentTenant.VISITOR)
@Tag(name = "Chat widget")
public class VisitorStreamResource {

    private static final Duration LOOK_UP = Duration.ofSeconds(5);

    private final Visitors visitors;
    private final EventLog log;
    private final SseLines lines;
    private final ChangeSignals signals;
    private final StreamConfig config;
    private final WidgetConfig widget;

    VisitorStreamResource(
            Visitors visitors,
            EventLog log,
            SseLines lines,
            ChangeSignals signals,
            StreamConfig config,
            WidgetConfig widget) {
        this.visitors = visitors;
        this.log = log;
        this.lines = lines;
        this.signals = signals;
        this.config = config;
        this.widget = widget;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Blocking
    @RunOnVirtualThread // a refusal must be an answer of its own, so it is known before the stream begins
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @Operation(
            summary =
                    "The words of the visitor's own lead: the newest ones and those to come, or all after Last-Event-ID")
    public Multi<OutboundSseEvent> follow(
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId, @Context Sse sse) {
        Visitor visitor = visitors.listening();
        UUID lead = visitor.leadId();
        @Nullable Long known = ConversationStreamResource.offset(lastEventId);
        // A lead begins with its first words, so here it need not exist yet.
        long from = known == null
                ? log.before(lead, VisitorView.TYPES, widget.history()).await().atMost(LOOK_UP)
                : known;
        lines.requireRoom();
        return lines.open(
                sse,
                visitor.expiresAt().getEpochSecond(),
                emitter -> new LogFollower(
                        cursor -> read(lead, cursor, sse), from, lines.opening(sse, Long.toString(from)), emitter),
                wake -> signals.onLead(lead, wake),
                wake -> signals.offLead(lead, wake));
    }

    private Uni<Batch> read(UUID lead, long cursor, Sse sse) {
        return log.after(lead, cursor, config.buffer())
                .map(events -> new Batch(
                        words(events, sse),
                        events.isEmpty() ? cursor : events.getLast().offset(),
                        events.size() == config.buffer()));
    }

    private static List<OutboundSseEvent> words(List<StoredEvent> events, Sse sse) {
        return events.stream()
                .flatMap(stored -> VisitorView.of(stored.event()).stream().map(words -> line(stored, words, sse)))
                .toList();
    }

    private static OutboundSseEvent line(StoredEvent stored, VisitorView.Words words, Sse sse) {
        try {
            return sse.newEventBuilder()
                    .id(Long.toString(stored.offset()))
                    .data(String.class, EventJson.mapper().writeValueAsString(words))
                    .build();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }
}
