package dev.throughline.mediabridge.opening;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.PromptContext;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.mediabridge.admission.CallFacts.Resume;
import dev.throughline.mediabridge.admission.CallFacts.Role;
import dev.throughline.mediabridge.agent.AgentOpening;
import dev.throughline.mediabridge.events.Utterance;
import dev.throughline.mediabridge.gateway.Briefing;
import dev.throughline.mediabridge.gateway.TelephonyGateway;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.elevenlabs.ConversationVariables;
import dev.throughline.platform.elevenlabs.ConversationVariables.Facts;
import dev.throughline.platform.elevenlabs.ConversationVariables.Medium;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a call's conversation is opened: with the lead's history and the call's briefing if they can be had in time, and with what was said
 * on this call when it is taken up again.
 */
@Singleton
public final class Openings {

    private static final String LOST = "The line to the caller was interrupted in the middle of this call.";
    private static final String HANDED_BACK = "The caller was with a colleague and has just come back to you.";
    private static final String SAID = " This is what was said on it:\n";
    private static final String GO_ON = "Go on where it stopped, without greeting again.";
    private static final String IN_A_ROOM =
            "You are one of several people in a conference. Speak when you are spoken to or asked for.";
    private static final String FIRST_WORDS_AGAIN = "Sorry, I lost you for a moment. Please go on.";
    private static final String FIRST_WORDS_BACK = "Hello again. How can I help you further?";

    private static final Duration WORTH_TELLING = Duration.ofSeconds(10);

    /** {@link PromptContext} needs at least this. */
    private static final int LEAST_HISTORY = 500;

    private final LeadContexts contexts;
    private final TelephonyGateway telephony;
    private final OpeningConfig config;

    Openings(LeadContexts contexts, TelephonyGateway telephony, OpeningConfig config) {
        this.contexts = contexts;
        this.telephony = telephony;
        this.config = config;
    }

    /**
     * Begins at once to look for what is known; the opening's variables have it, or go on without it after the configured wait.
     *
     * @param soFar the turns of the conversation that was lost here; null for the first one of the stream
     */
    public Prepared prepare(CallFacts call, @Nullable List<Utterance> soFar) {
        Prepared prepared = new Prepared(soFar != null || call.resume() != Resume.NONE);
        Uni<Optional<LeadContext>> history = contexts.find(call.tenant().id(), call.leadId())
                .onFailure()
                .recoverWithItem(Optional.empty())
                .ifNoItem()
                .after(config.contextWait())
                .recoverWithItem(Optional.empty())
                .invoke(context -> prepared.historyKnown(context.isPresent()));
        Uni<Briefing> briefing = call.briefed()
                ? telephony.briefing(call.callId(), call.tenant().id())
                : Uni.createFrom().item(Briefing.NONE);
        Uni<Map<String, String>> variables = Uni.combine()
                .all()
                .unis(history, briefing)
                .with((context, brief) -> variables(call, context, brief, soFar, prepared, Instant.now()))
                .memoize()
                .indefinitely();
        variables.subscribe().with(ignored -> {}, ignored -> {});
        prepared.opening(new AgentOpening(
                call.agentId(),
                variables,
                overrides(call, soFar != null),
                call.leadId().toString()));
        return prepared;
    }

    /**
     * The history as a message for a conversation that had to begin without it; empty when there is none worth telling, or when the agent
     * has long asked for what it needs.
     */
    public static Optional<String> late(CallFacts call, LeadContext context, Instant now) {
        if (Duration.between(call.since(), now).compareTo(WORTH_TELLING) > 0) {
            return Optional.empty();
        }
        boolean older = context.window().events().stream()
                .anyMatch(event -> event.time().isBefore(call.since()));
        String text = PromptContext.of(context, call.tenant().zone(), now, PromptContext.DEFAULT_LIMIT);
        return older && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    private static Map<String, String> variables(
            CallFacts call,
            Optional<LeadContext> context,
            Briefing briefing,
            @Nullable List<Utterance> soFar,
            Prepared prepared,
            Instant now) {
        String story = story(call, context, briefing, soFar);
        prepared.story(story);
        String history = context.map(known -> PromptContext.of(
                        ThisCall.without(known, call.callId()),
                        call.tenant().zone(),
                        now,
                        Math.max(LEAST_HISTORY, PromptContext.DEFAULT_LIMIT - story.length())))
                .orElse("");
        String phone = Optional.ofNullable(call.customerPhone())
                .or(() -> context.map(LeadContext::phone).map(known -> known.value()))
                .orElse(null);
        Facts facts = new Facts(call.leadId(), phone, call.callSid(), call.callId(), Medium.VOICE);
        Map<String, String> variables =
                new HashMap<>(ConversationVariables.of(call.tenant(), (history + "\n" + story).strip(), facts, now));
        variables.putAll(briefing.variables());
        return variables;
    }

    /** What happened on this very call, in words; empty on one that has just begun. */
    static String story(
            CallFacts call, Optional<LeadContext> context, Briefing briefing, @Nullable List<Utterance> soFar) {
        StringBuilder story = new StringBuilder();
        if (call.role() == Role.CONFERENCE_AI) {
            story.append(IN_A_ROOM).append('\n');
        }
        String note = briefing.note();
        if (note != null && !note.isBlank()) {
            story.append(note.strip()).append('\n');
        }
        boolean again = soFar != null;
        if (!again && call.resume() == Resume.NONE) {
            return story.toString().strip();
        }
        story.append(again || call.resume() == Resume.BRIDGE_LOST ? LOST : HANDED_BACK);
        String said = ThisCall.words(turns(call, context, soFar));
        if (!said.isEmpty()) {
            story.append(SAID).append(said);
        }
        return story.append(said.isEmpty() ? " " : "").append(GO_ON).toString();
    }

    /** What an earlier bridge published comes before what was said here. */
    private static List<Utterance> turns(
            CallFacts call, Optional<LeadContext> context, @Nullable List<Utterance> soFar) {
        List<Utterance> here = soFar == null ? List.of() : soFar;
        if (call.resume() == Resume.NONE) {
            return here;
        }
        Instant arrived = call.since();
        List<Utterance> before = context.map(known -> ThisCall.turnsIn(known, call.callId())).orElse(List.of()).stream()
                .filter(turn -> turn.at().isBefore(arrived))
                .toList();
        return Stream.concat(before.stream(), here.stream()).toList();
    }

    /** Only what the tenant says its agent allows: one override too many ends the conversation with 1008. */
    private static Map<String, Object> overrides(CallFacts call, boolean again) {
        TenantSettings settings = call.tenant().settings();
        Map<String, Object> overrides = new HashMap<>();
        if (settings.elevenLabsOverrides().contains("agent.first_message")) {
            String greeting = firstWords(call, again, settings);
            if (greeting != null && !greeting.isBlank()) {
                overrides.put("agent.first_message", greeting);
            }
        }
        if (settings.elevenLabsOverrides().contains("agent.language")) {
            overrides.put("agent.language", call.tenant().language());
        }
        return overrides;
    }

    private static @Nullable String firstWords(CallFacts call, boolean again, TenantSettings settings) {
        if (again || call.resume() == Resume.BRIDGE_LOST) {
            return FIRST_WORDS_AGAIN;
        }
        return call.resume() == Resume.HANDED_BACK ? FIRST_WORDS_BACK : settings.aiGreeting();
    }
}
