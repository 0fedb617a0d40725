package dev.throughline.mediabridge.session;

import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.PromptContext;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.mediabridge.agent.AgentOpening;
import dev.throughline.mediabridge.events.Utterance;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.elevenlabs.ConversationVariables;
import dev.throughline.platform.elevenlabs.ConversationVariables.Facts;
import dev.throughline.platform.elevenlabs.ConversationVariables.Medium;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** How a call's conversation is opened: with the lead's history if it can be had in time, and with what was said on this call. */
@Singleton
final class Openings {

    private static final String LOST =
            "\nThe connection to you was lost for a moment in the middle of this call. This is what was said on it:\n";
    private static final String GO_ON = "Go on where it stopped, without greeting again.";
    private static final String FIRST_WORDS_AGAIN = "Sorry, I lost you for a moment. Please go on.";
    private static final int MOST_OF_THIS_CALL = 3_000;

    private final LeadContexts contexts;
    private final BridgeConfig config;

    Openings(LeadContexts contexts, BridgeConfig config) {
        this.contexts = contexts;
        this.config = config;
    }

    /**
     * An opening, and whether the history came in time (false until it did).
     */
    record Prepared(AgentOpening opening, AtomicBoolean historyKnown) {}

    /**
     * Begins at once to look for the history; the opening's variables have it, or go on without it after the configured wait.
     *
     * @param soFar the turns of this call, empty at its beginning
     */
    Prepared prepare(CallFacts call, List<Utterance> soFar) {
        AtomicBoolean historyKnown = new AtomicBoolean();
        Uni<Map<String, String>> variables = contexts.find(call.tenant().id(), call.leadId())
                .onFailure()
                .recoverWithItem(Optional.empty())
                .ifNoItem()
                .after(config.contextWait())
                .recoverWithItem(Optional.empty())
                .invoke(context -> historyKnown.set(context.isPresent()))
                .map(context -> variables(call, context, soFar, Instant.now()))
                .memoize()
                .indefinitely();
        variables.subscribe().with(ignored -> {}, ignored -> {});
        AgentOpening opening = new AgentOpening(
                call.agentId(),
                variables,
                overrides(call, !soFar.isEmpty()),
                call.leadId().toString());
        return new Prepared(opening, historyKnown);
    }

    /** The history as a message for a conversation that had to begin without it; empty when there is none worth telling. */
    static Optional<String> late(CallFacts call, LeadContext context) {
        boolean older = context.window().events().stream()
                .anyMatch(event -> event.time().isBefore(call.startedAt()));
        String text = PromptContext.of(context, call.tenant().zone(), Instant.now(), PromptContext.DEFAULT_LIMIT);
        return older && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    private static Map<String, String> variables(
            CallFacts call, Optional<LeadContext> context, List<Utterance> soFar, Instant now) {
        String onThisCall = soFar.isEmpty() ? "" : LOST + newest(soFar) + GO_ON;
        String history = context.map(known -> PromptContext.of(
                        known, call.tenant().zone(), now, PromptContext.DEFAULT_LIMIT - onThisCall.length()))
                .orElse("");
        String phone = Optional.ofNullable(call.customerPhone())
                .or(() -> context.map(LeadContext::phone).map(known -> known.value()))
                .orElse(null);
        Facts facts = new Facts(call.leadId(), phone, call.callSid(), call.callSid(), Medium.VOICE);
        return ConversationVariables.of(call.tenant(), (history + onThisCall).strip(), facts, now);
    }

    private static String newest(List<Utterance> turns) {
        StringBuilder text = new StringBuilder();
        for (int i = turns.size() - 1; i >= 0; i--) {
            Utterance turn = turns.get(i);
            String line = (turn.speaker() == Speaker.CUSTOMER ? "Customer: " : "You: ") + turn.text() + "\n";
            if (text.length() + line.length() > MOST_OF_THIS_CALL) {
                break;
            }
            text.insert(0, line);
        }
        return text.toString();
    }

    /** Only what the tenant says its agent allows: one override too many ends the conversation with 1008. */
    private static Map<String, Object> overrides(CallFacts call, boolean again) {
        TenantSettings settings = call.tenant().settings();
        Map<String, Object> overrides = new HashMap<>();
        if (settings.elevenLabsOverrides().contains("agent.first_message")) {
            String greeting = again ? FIRST_WORDS_AGAIN : settings.aiGreeting();
            if (greeting != null && !greeting.isBlank()) {
                overrides.put("agent.first_message", greeting);
            }
        }
        if (settings.elevenLabsOverrides().contains("agent.language")) {
            overrides.put("agent.language", call.tenant().language());
        }
        return overrides;
    }
}
