package dev.throughline.tools.provisioning;

import static dev.throughline.tools.provisioning.Wanted.document;
import static dev.throughline.tools.provisioning.Wanted.has;
import static dev.throughline.tools.provisioning.Wanted.object;
import static dev.throughline.tools.provisioning.Wanted.ref;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.tools.invocation.ToolSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A tenant's agents as ElevenLabs' {@code POST /v1/convai/agents/create} takes them. What the suite's protocol depends on (formats, client
 * events, overrides, tools, webhooks, collected data) is always kept so; words, voice and model are given to a new agent and are its owner's
 * from then on. Lists keep what others have put there. Pure.
 */
final class AgentConfig {

    /** Overrides our services may send; one that is not enabled ends the conversation with 1008 (ElevenLabs, <i>Overrides</i>). */
    static final List<String> OVERRIDES = List.of("agent.first_message", "agent.language", "conversation.text_only");

    /** Mu-law at 8 kHz both ways, as the telephone has it: then audio passes unchanged. */
    static final String FORMAT = "ulaw_8000";

    /** Without {@code interruption} nobody can interrupt the agent (ElevenLabs, <i>Conversation flow</i>). */
    static final List<String> VOICE_EVENTS = List.of("audio", "interruption", "user_transcript");

    static final List<String> TEXT_EVENTS = List.of("agent_response_complete");

    private static final List<String> EVENTS = List.of(
            "conversation_initiation_metadata",
            "ping",
            "agent_response",
            "agent_response_correction",
            "client_tool_call",
            "agent_tool_response");

    private static final int COLLECTED_ANSWERS = 5;
    private static final int LONGEST_SECONDS = 1800;

    private AgentConfig() {}

    /** The agent that speaks. */
    static Wish voice(Setup setup) {
        Map<String, Object> config = config(setup, false, tools(setup, false));
        config.put("tts", object("agent_output_audio_format", FORMAT));
        config.put("asr", object("user_input_audio_format", FORMAT));
        Map<String, Object> first = AgentWords.conversation("{{greeting}}");
        first.put(
                "tts",
                setup.voiceId() == null
                        ? object("model_id", "eleven_flash_v2")
                        : object("voice_id", setup.voiceId(), "model_id", "eleven_flash_v2"));
        first.put("turn", object("turn_timeout", 7, "silence_end_call_timeout", 30));
        return wish(
                setup, Wishes.VOICE_AGENT, "voice", setup.tenant().settings().elevenLabsAgentId(), config, first);
    }

    /** The agent that writes: text only, and no first message, because the customer has spoken first. */
    static Wish text(Setup setup) {
        Map<String, Object> config = config(setup, true, tools(setup, true));
        return wish(
                setup,
                Wishes.TEXT_AGENT,
                "text",
                setup.tenant().settings().elevenLabsTextAgentId(),
                config,
                AgentWords.conversation(""));
    }

    /** How an agent of a tenant is found again. */
    static String tag(Tenant tenant, String medium) {
        return "throughline:" + medium + ":" + tenant.id();
    }

    private static Wish wish(
            Setup setup,
            String id,
            String medium,
            @org.jspecify.annotations.Nullable String configuredId,
            Map<String, Object> config,
            Map<String, Object> first) {
        String tag = tag(setup.tenant(), medium);
        return new Wish(
                id,
                Kind.AGENT,
                medium + " agent",
                tag,
                configuredId,
                document(object(
                        "tags",
                        has(List.of("throughline", tag)),
                        "conversation_config",
                        config,
                        "platform_settings",
                        platform(setup))),
                document(object(
                        "name",
                        setup.tenant().name() + " receptionist (" + medium + ")",
                        "conversation_config",
                        first)),
                false);
    }

    private static List<Map<String, Object>> tools(Setup setup, boolean written) {
        return setup.tools().stream()
                .filter(tool -> !(written && tool.onlyOnCalls()))
                .map(ToolSpec::name)
                .map(Wishes::toolId)
                .map(Wanted::ref)
                .toList();
    }

    private static Map<String, Object> config(Setup setup, boolean written, List<Map<String, Object>> tools) {
        Map<String, Object> agent = object(
                "language", setup.tenant().language(),
                "prompt", object("tool_ids", has(tools), "built_in_tools", object("end_call", endCall())));
        if (written) {
            agent.put("first_message", "");
        }
        List<String> events = new ArrayList<>(EVENTS);
        events.addAll(written ? TEXT_EVENTS : VOICE_EVENTS);
        return object(
                "agent",
                agent,
                "conversation",
                object(
                        "text_only", written,
                        "client_events", has(events),
                        "max_duration_seconds", LONGEST_SECONDS));
    }

    private static Map<String, Object> endCall() {
        return object("type", "system", "name", "end_call", "params", object("system_tool_type", "end_call"));
    }

    private static Map<String, Object> platform(Setup setup) {
        return object(
                "auth", object("enable_auth", true),
                "overrides",
                        object(
                                "conversation_config_override",
                                overrides(setup.tenant()),
                                "enable_conversation_initiation_client_data_from_webhook",
                                true),
                "evaluation",
                        object(
                                "criteria",
                                has(List.of(object(
                                        "id", "booked",
                                        "name", "Appointment booked",
                                        "type", "prompt",
                                        "conversation_goal_prompt", "The agent booked an appointment.",
                                        "scoring_mode", "binary")))),
                "data_collection", collected(),
                "workspace_overrides",
                        object(
                                "conversation_initiation_client_data_webhook",
                                        object(
                                                "url", setup.url(Wishes.INITIATION),
                                                "request_headers",
                                                        object(
                                                                "X-Tool-Secret",
                                                                object("secret_id", ref(Wishes.SECRET)))),
                                "webhooks",
                                        object(
                                                "post_call_webhook_id", ref(Wishes.WEBHOOK),
                                                "events", has(List.of("transcript", "call_initiation_failure")))));
    }

    /** Those we may send and those the record says are sent, as the tree of switches the agent has. */
    private static Map<String, Object> overrides(Tenant tenant) {
        TreeSet<String> paths = new TreeSet<>(OVERRIDES);
        paths.addAll(tenant.settings().elevenLabsOverrides());
        Map<String, Object> tree = new LinkedHashMap<>();
        paths.forEach(path -> enable(tree, path));
        return tree;
    }

    @SuppressWarnings("unchecked") // every value is a switch or a branch made here
    private static void enable(Map<String, Object> tree, String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            tree.put(path, true);
        } else {
            Object branch = tree.computeIfAbsent(path.substring(0, dot), name -> new LinkedHashMap<String, Object>());
            if (branch instanceof Map<?, ?> map) {
                enable((Map<String, Object>) map, path.substring(dot + 1));
            }
        }
    }

    /** The answers stand under {@code answer_1} and so on; of more questions they are read from the transcript. */
    private static Map<String, Object> collected() {
        Map<String, Object> collected = new LinkedHashMap<>();
        collected.put("preferred_date", object("type", "string", "description", "Date the customer asked for (ISO)"));
        for (int number = 1; number <= COLLECTED_ANSWERS; number++) {
            String description = "What the customer answered to question " + number
                    + " of the questions to ask on the call; nothing when it was not asked or not answered";
            collected.put("answer_" + number, object("type", "string", "description", description));
        }
        return collected;
    }
}
