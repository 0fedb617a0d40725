package dev.throughline.tools.invocation;

import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.ToolEvent;
import dev.throughline.platform.context.VisitorConversations;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.tools.appointment.LostRaces;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Runs tool calls: the change, the remembered answer and the events of one call are one transaction. */
@Singleton
class Toolbox {

    private static final Logger LOG = Logger.getLogger(Toolbox.class);
    private static final String SOURCE = "tools-service";

    private static final Duration RECORDING = Duration.ofSeconds(2);

    private final Map<String, AgentTool> byName = new HashMap<>();
    private final Pool pool;
    private final Outbox outbox;
    private final VisitorConversations visitors;
    private final Clock clock;

    @Inject
    Toolbox(@All List<AgentTool> tools, Pool pool, Outbox outbox, VisitorConversations visitors, Clock clock) {
        tools.forEach(tool -> tool.names().forEach(name -> byName.put(name, tool)));
        this.pool = pool;
        this.outbox = outbox;
        this.visitors = visitors;
        this.clock = clock;
    }

    /** Whether there is a tool of this name, aliases included. */
    boolean knows(String name) {
        return byName.containsKey(name);
    }

    /** Every name, in alphabetical order. */
    Set<String> names() {
        return new TreeSet<>(byName.keySet());
    }

    /** Calls a tool that is {@linkplain #knows known}. Fails only when the database does, and for a {@link RemoteTool} never. */
    Uni<ToolAnswer> call(ToolCall call) {
        return ofWhoeverItIs(call).chain(this::run);
    }

    /** In a chat on a page the variables that say who calls came from the visitor's browser, which can write what it likes. */
    private Uni<ToolCall> ofWhoeverItIs(ToolCall call) {
        String conversation = call.conversationId();
        return conversation == null
                ? Uni.createFrom().item(call)
                : visitors.leadOf(call.tenant().id(), conversation)
                        .map(visitor -> visitor.map(call::ofVisitor).orElse(call));
    }

    private Uni<ToolAnswer> run(ToolCall call) {
        return switch (Optional.ofNullable(byName.get(call.tool())).orElseThrow()) {
            case Tool tool ->
                LostRaces.retry(pool.withTransaction(tx -> run(tx, tool, call))).invoke(answer -> log(call, answer));
            case RemoteTool tool ->
                tool.call(call).chain(effect -> recorded(tool, call, effect)).invoke(answer -> log(call, answer));
        };
    }

    /** What another service has done is done: the caller hears of it even when it cannot be written down. */
    private Uni<ToolAnswer> recorded(RemoteTool tool, ToolCall call, Effect effect) {
        return pool.withTransaction(tx -> outbox.append(tx, events(tool, call, effect)))
                .ifNoItem()
                .after(RECORDING)
                .fail()
                .onFailure()
                .invoke(lost -> LOG.errorf(
                        "tool call not recorded, tool=%s reason=%s",
                        call.tool(), lost.getClass().getSimpleName()))
                .onFailure()
                .recoverWithNull()
                .replaceWith(effect.answer());
    }

    private Uni<ToolAnswer> run(SqlConnection tx, Tool tool, ToolCall call) {
        return Uni.createFrom()
                .deferred(() -> tool.call(tx, call))
                .onFailure(AskBack.class)
                .recoverWithItem(refused -> Effect.of(((AskBack) refused).answer()))
                .call(effect -> outbox.append(tx, events(tool, call, effect)))
                .map(Effect::answer);
    }

    private List<RecordedEvent> events(AgentTool tool, ToolCall call, Effect effect) {
        List<RecordedEvent> events = new ArrayList<>(effect.events());
        Optional<UUID> lead = call.leadId().or(() -> effect.changed().map(appointment -> appointment.leadId()));
        if (lead.isPresent() && !effect.replayed()) {
            events.add(called(tool, call, effect, lead.get()));
        }
        return events;
    }

    private RecordedEvent called(AgentTool tool, ToolCall call, Effect effect, UUID leadId) {
        ToolAnswer answer = effect.answer();
        ToolEvent.Called event = new ToolEvent.Called(
                call.conversationId(),
                call.callId().orElse(null),
                call.tool(),
                call.arguments().recorded(),
                answer.success(),
                answer.sentence(),
                answer.code(),
                Duration.between(call.now(), clock.instant()).toMillis());
        // A change is told apart by what it changed; asking twice is two facts.
        UUID id = effect.changed()
                .map(changed ->
                        EventIds.of("agent.tool-called", tool.names().getFirst(), changed.id(), changed.version()))
                .orElseGet(() -> EventIds.of(
                        "agent.tool-called",
                        leadId,
                        String.valueOf(call.conversationId()),
                        call.tool(),
                        call.arguments().recorded(),
                        call.now()));
        return new RecordedEvent(id, call.now(), SOURCE, call.tenant().id(), leadId, event);
    }

    private void log(ToolCall call, ToolAnswer answer) {
        try (var ids = LogIds.of()
                .call(call.callId().orElse(null))
                .conversation(call.conversationId())
                .lead(call.leadId().orElse(null))
                .tenant(call.tenant().id())) {
            LOG.infof(
                    "tool called, tool=%s success=%s code=%s millis=%d",
                    call.tool(),
                    answer.success(),
                    answer.code(),
                    Duration.between(call.now(), clock.instant()).toMillis());
        }
    }
}
