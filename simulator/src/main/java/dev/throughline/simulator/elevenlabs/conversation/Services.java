package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.account.Workspace;
import dev.throughline.simulator.elevenlabs.account.Workspace.Kind;
import dev.throughline.simulator.elevenlabs.brain.Brain;
import dev.throughline.simulator.elevenlabs.brain.Script;
import dev.throughline.simulator.speech.AgentVoice;
import dev.throughline.simulator.speech.SpeechClips;
import dev.throughline.simulator.wire.FaultPlan;
import dev.throughline.simulator.wire.FrameClock;
import dev.throughline.simulator.wire.PublicRoute;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What every conversation needs from the stand-in around it.
 *
 * @param vertx for timers, on the stand-in's one event loop
 * @param workspace agents, tools and secrets
 * @param conversations where records go
 * @param route how public URLs are dialled
 * @param faults armed faults
 * @param violations the report
 * @param frames the clock of audio frames
 * @param timing the provider's clocks
 * @param clock the time of day
 * @param webhooks the caller of webhook tools
 * @param voice the agent's voice
 */
public record Services(
        Vertx vertx,
        Workspace workspace,
        Conversations conversations,
        PublicRoute route,
        FaultPlan faults,
        Violations violations,
        FrameClock frames,
        Timing timing,
        Clock clock,
        WebhookTools webhooks,
        AgentVoice voice) {

    /** Builds them around the given parts. */
    public static Services of(
            Vertx vertx,
            Workspace workspace,
            PublicRoute route,
            FaultPlan faults,
            Violations violations,
            FrameClock frames,
            Timing timing,
            Clock clock) {
        return new Services(
                vertx,
                workspace,
                new Conversations(),
                route,
                faults,
                violations,
                frames,
                timing,
                clock,
                new WebhookTools(vertx, workspace, route, faults, violations),
                new AgentVoice(SpeechClips.load()));
    }

    /** Configurations of the tools of {@code agent}; an id that names no tool any more is left out. */
    public List<JsonObject> toolsOf(JsonObject agent) {
        return Json.array(agent, "conversation_config.agent.prompt.tool_ids").stream()
                .flatMap(id -> workspace.find(Kind.TOOL, String.valueOf(id)).stream())
                .map(tool -> tool.getJsonObject("tool_config"))
                .toList();
    }

    /** A mind for {@code record}, by the script its agent's name or tags choose. */
    public Brain brainFor(ConversationRecord record, List<JsonObject> tools, Variables variables) {
        Set<String> tags = new HashSet<>();
        Json.array(record.agent(), "tags").forEach(tag -> tags.add(String.valueOf(tag)));
        Set<String> names = tools.stream().map(tool -> tool.getString("name")).collect(Collectors.toSet());
        Brain brain = new Brain(Script.forAgent(record.agentName(), tags), variables::text, names::contains, clock);
        record.brain(brain);
        return brain;
    }
}
