package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.brain.Brain;
import dev.throughline.simulator.speech.AudioFormat;
import dev.throughline.simulator.speech.Recognition;
import dev.throughline.simulator.speech.SpeechRecogniser;
import dev.throughline.simulator.wire.FaultPlan.Fault;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One client on the conversation socket, from its first message to the close. For one event loop.
 *
 * <pre>
 *   WAITING --initiation accepted--> TALKING --end_call, client closes, limits--> CLOSED
 *      |                                |
 *      +--- anything else: 1008 --------+--- a second initiation, bad message: 1008
 * </pre>
 */
final class ConversationSession implements Dialogue.Stage {

    private static final Set<String> DEFAULT_EVENTS = Set.of(
            "audio",
            "interruption",
            "agent_response",
            "user_transcript",
            "tentative_user_transcript",
            "conversation_initiation_metadata",
            "ping");
    private static final long CLOSE_AFTER_END_CALL_MILLIS = 200;

    private final Services services;
    private final ConversationRecord record;
    private final SessionSocket socket;
    private final Variables variables;
    private final ClientTools clientTools;
    private final Heartbeat heartbeat = new Heartbeat();
    private final SessionClock clock;
    private @Nullable Dialogue dialogue;
    private @Nullable AgentAudio audio;
    private Set<String> events = DEFAULT_EVENTS;
    private SpeechRecogniser recogniser = SpeechRecogniser.strict();
    private Function<byte[], short[]> decoder = bytes -> new short[0];
    private boolean metadataSent;
    private boolean hangingUp;
    private boolean saidSomething;
    private int lastEventId;

    ConversationSession(Services services, ConversationRecord record, SessionSocket socket) {
        this.services = services;
        this.record = record;
        this.socket = socket;
        this.variables = new Variables(record, services.clock());
        this.clientTools = new ClientTools(services.vertx());
        this.clock = new SessionClock(services.vertx(), services.timing(), this::tick, this::ping);
    }

    /** A text frame. */
    void message(String text) {
        if (record.ended()) {
            return;
        }
        clock.heardFromClient();
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (RuntimeException malformed) {
            refuse("invalid_message", "The message is not a JSON object.");
            return;
        }
        if (message.containsKey("user_audio_chunk")) {
            userAudio(message);
            return;
        }
        record.message("received", message);
        String type = message.getValue("type") instanceof String word ? word : "";
        if (dialogue == null) {
            if (type.equals("conversation_initiation_client_data")) {
                initiate(message);
            } else {
                refuse("invalid_message", "The first message must be conversation_initiation_client_data.");
            }
            return;
        }
        handle(dialogue, type, message);
    }

    /** A binary frame; the protocol has none. */
    void binary() {
        refuse("invalid_message", "Binary messages are not supported.");
    }

    /** The client closed, or its connection was lost ({@code code} null). */
    void closed(@Nullable Short code) {
        end(code == null ? "Client connection lost" : "Client disconnected: " + code, code == null ? 1006 : code, null);
    }

    private void initiate(JsonObject message) {
        JsonObject agent = record.agent();
        List<JsonObject> tools = services.toolsOf(agent);
        JsonObject data = message.copy();
        data.remove("type");
        switch (Initiation.judge(agent, tools, message)) {
            case Initiation.Verdict.Refused refused -> {
                refused.ignored().forEach(this::ignored);
                record.begin(data, new JsonObject(), false);
                refuse(refused);
            }
            case Initiation.Verdict.Accepted accepted -> {
                accepted.ignored().forEach(this::ignored);
                record.begin(data, accepted.variables(), textOnly(agent, accepted));
                Optional<Initiation.Verdict.Refused> fault =
                        SessionFaults.refusal(services.faults(), channel(), message);
                if (fault.isPresent()) {
                    refuse(fault.get());
                } else {
                    begin(agent, tools, accepted);
                }
            }
        }
    }

    private static boolean textOnly(JsonObject agent, Initiation.Verdict.Accepted accepted) {
        Object override = Json.at(accepted.override(), "conversation.text_only");
        return override instanceof Boolean text
                ? text
                : Json.isTrue(agent, "conversation_config.conversation.text_only");
    }

    private void begin(JsonObject agent, List<JsonObject> tools, Initiation.Verdict.Accepted accepted) {
        JsonObject config = agent.getJsonObject("conversation_config");
        List<String> listed = new ArrayList<>();
        Json.array(config, "conversation.client_events").forEach(event -> listed.add(String.valueOf(event)));
        events = listed.isEmpty() ? DEFAULT_EVENTS : Set.copyOf(listed);
        Optional<String> announced = SessionFaults.format(services.faults(), channel());
        AudioFormat output = format(announced.orElse(Json.text(config, "tts.agent_output_audio_format", "pcm_16000")));
        AudioFormat input = format(announced.orElse(Json.text(config, "asr.user_input_audio_format", "pcm_16000")));
        audio = new AgentAudio(services.vertx(), output, this::sendAudio);
        decoder = input.decoder();
        recogniser = input.mulaw() && output.mulaw() ? SpeechRecogniser.strict() : SpeechRecogniser.forResampledAudio();
        String firstMessage =
                Json.text(accepted.override(), "agent.first_message", Json.text(config, "agent.first_message", ""));
        Brain brain = services.brainFor(record, tools, variables);
        Dialogue talk = new Dialogue(record, brain, tools, services.webhooks(), variables, this, firstMessage);
        dialogue = talk;
        socket.misbehave(SessionFaults.standing(services.faults(), channel()));
        if (services.faults().take("withhold-metadata", channel()).isEmpty()) {
            metadataSent = true;
            send(SocketEvents.metadata(record.id(), output.name(), input.name()));
        }
        clock.start(maxDurationMillis(config, accepted));
        ping();
        SessionFaults.ending(services.faults(), channel()).ifPresent(this::scheduleEnding);
        boolean ownWords = Json.at(accepted.override(), "agent.first_message") != null;
        talk.begin(!record.textOnly() && !ownWords);
    }

    private static AudioFormat format(String name) {
        return AudioFormat.named(name).orElseThrow();
    }

    private static long maxDurationMillis(JsonObject config, Initiation.Verdict.Accepted accepted) {
        double seconds = Json.number(config, "conversation.max_duration_seconds", 600);
        return (long) (Json.number(accepted.override(), "conversation.max_duration_seconds", seconds) * 1000);
    }

    private void scheduleEnding(Fault fault) {
        long after = fault.options().getLong("afterMillis", 1000L);
        services.vertx().setTimer(after, timer -> {
            if (record.ended()) {
                return;
            }
            if (fault.kind().equals("drop-tcp")) {
                end("connection dropped on demand", 1006, failure(1011, "dropped"));
                socket.dropConnection();
            } else {
                int code = fault.options().getInteger("code", 1011);
                String reason = fault.options().getString("reason", "unknown_websocket_crash");
                finish(code, reason, reason, failure(code, reason));
            }
        });
    }

    private void handle(Dialogue talk, String type, JsonObject message) {
        switch (type) {
            case "pong" -> pong(message);
            case "user_message" ->
                userMessage(talk, message.getValue("text"), message.getString("source_medium", "text"));
            case "multimodal_message" -> userMessage(talk, Json.at(message, "text.text"), "text");
            case "contextual_update" -> {
                if (message.getValue("text") instanceof String text) {
                    talk.learn(text);
                } else {
                    refuse("missing_fields", "contextual_update needs text.");
                }
            }
            case "client_tool_result" -> {
                String callId = Json.text(message, "tool_call_id", "");
                if (!(message.getValue("result") instanceof String)
                        || !(message.getValue("is_error") instanceof Boolean)) {
                    refuse("missing_fields", "client_tool_result needs tool_call_id, result (text) and is_error.");
                } else if (!clientTools.result(callId, message.getString("result"), message.getBoolean("is_error"))) {
                    ignored("client_tool_result for a call that does not wait for one");
                }
            }
            case "user_activity", "feedback", "mcp_tool_approval_result" -> {}
            case "conversation_initiation_client_data" ->
                refuse("invalid_message", "The conversation was initiated already.");
            default -> refuse("invalid_message", "Unknown message type.");
        }
    }

    private void pong(JsonObject message) {
        if (!(message.getValue("event_id") instanceof Integer eventId)) {
            refuse("missing_fields", "pong needs event_id.");
        } else if (!heartbeat.ponged(eventId, SessionClock.now())) {
            ignored("pong for an event id that was never pinged");
        }
    }

    private void userMessage(Dialogue talk, @Nullable Object text, String medium) {
        if (!(text instanceof String words) || words.isBlank()) {
            refuse("missing_fields", "user_message needs text.");
            return;
        }
        record.userSaid(words, medium, nextEventId());
        userSaid(talk, words);
    }

    private void userSaid(Dialogue talk, String words) {
        clock.speech();
        if (services.faults().take("no-reply", channel()).isEmpty()) {
            talk.hear(words);
        }
    }

    private void userAudio(JsonObject message) {
        if (!(message.getValue("user_audio_chunk") instanceof String payload)) {
            refuse("invalid_message", "user_audio_chunk must be base64 text.");
            return;
        }
        services.frames().received(payload);
        if (dialogue == null) {
            refuse("invalid_message", "The first message must be conversation_initiation_client_data.");
            return;
        }
        if (!metadataSent || record.textOnly()) {
            ignored(metadataSent ? "audio in a text-only conversation" : "audio before the metadata event");
            return;
        }
        if (message.containsKey("type")) {
            ignored("user_audio_chunk carries a type; the message has none");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(payload);
            record.frameReceived(bytes.length);
            recogniser.accept(decoder.apply(bytes)).forEach(heard -> heard(dialogue, heard));
        } catch (IllegalArgumentException notBase64) {
            refuse("invalid_message", "user_audio_chunk is not base64.");
        }
    }

    private void heard(Dialogue talk, SpeechRecogniser.Heard heard) {
        clock.speech();
        switch (heard) {
            case SpeechRecogniser.Heard.SpeechStarted started -> bargeIn();
            case SpeechRecogniser.Heard.UtteranceEnded ended -> {
                Recognition recognition = ended.recognition();
                record.utterance(recognition.transcript(), recognition.finding());
                if (!recognition.understood()) {
                    services.violations()
                            .add(
                                    "unintelligible_audio",
                                    record.id(),
                                    "the caller's audio is no known clip: " + recognition.finding());
                }
                int eventId = nextEventId();
                record.userSaid(recognition.transcript(), "audio", eventId);
                sendIfWanted(
                        "tentative_user_transcript",
                        SocketEvents.tentativeTranscript(recognition.transcript(), eventId));
                sendIfWanted("user_transcript", SocketEvents.userTranscript(recognition.transcript(), eventId));
                userSaid(talk, recognition.transcript());
            }
        }
    }

    private void bargeIn() {
        if (audio == null || hangingUp || !audio.playing() || !events.contains("interruption")) {
            return;
        }
        int eventId = nextEventId();
        List<AgentAudio.Cut> cuts = audio.interrupt();
        send(SocketEvents.interruption(eventId));
        for (AgentAudio.Cut cut : cuts) {
            record.turns().stream()
                    .filter(turn -> turn.agent() && turn.eventId() == cut.eventId())
                    .forEach(turn -> turn.cutTo(cut.heard()));
            sendIfWanted("agent_response_correction", SocketEvents.correction(cut));
        }
        if (services.faults().take("late-audio", channel()).isPresent()) {
            byte[] noise = new byte[800];
            send(SocketEvents.audio(
                    noise, cuts.isEmpty() ? eventId - 1 : cuts.getFirst().eventId()));
        }
    }

    @Override
    public int say(String text) {
        int eventId = nextEventId();
        saidSomething = true;
        if (record.textOnly()) {
            sendIfWanted("agent_chat_response_part", SocketEvents.responsePart("start", "", eventId));
            for (String word : text.split("(?<=\\s)")) {
                sendIfWanted("agent_chat_response_part", SocketEvents.responsePart("delta", word, eventId));
            }
            sendIfWanted("agent_chat_response_part", SocketEvents.responsePart("stop", "", eventId));
        }
        sendIfWanted("agent_response", SocketEvents.agentResponse(text, eventId));
        if (!record.textOnly() && audio != null && events.contains("audio")) {
            audio.speak(services.voice().say(text), eventId);
        }
        return eventId;
    }

    @Override
    public int toolRequested(JsonObject tool, String callId) {
        int eventId = nextEventId();
        sendIfWanted("agent_tool_request", SocketEvents.toolRequest(tool, callId, eventId));
        return eventId;
    }

    @Override
    public void toolAnswered(JsonObject tool, String callId, ToolOutcome outcome, int eventId) {
        sendIfWanted("agent_tool_response", SocketEvents.toolResponse(tool, callId, outcome.isError(), eventId));
        sendIfWanted("agent_tool_response_full_payload", SocketEvents.toolPayload(tool, callId, outcome, eventId));
    }

    @Override
    public Future<ToolOutcome> clientTool(JsonObject tool, String callId, JsonObject arguments, int eventId) {
        if (!events.contains("client_tool_call")) {
            services.violations()
                    .add(
                            "client_event_missing",
                            record.id(),
                            "the agent has a client tool but client_tool_call is not among its client_events");
        }
        Future<ToolOutcome> answer = clientTools.expect(tool, callId, arguments);
        sendIfWanted("client_tool_call", SocketEvents.clientToolCall(tool, callId, arguments, eventId));
        return answer;
    }

    @Override
    public void hangUp(String callId) {
        hangingUp = true;
        Runnable goodbye = () -> {
            JsonObject tool = new JsonObject().put("type", "system").put("name", "end_call");
            sendIfWanted("agent_tool_response", SocketEvents.toolResponse(tool, callId, false, nextEventId()));
            services.vertx()
                    .setTimer(
                            CLOSE_AFTER_END_CALL_MILLIS,
                            timer -> finish(1000, "end_call", "end_call tool was called", null));
        };
        if (audio == null) {
            goodbye.run();
        } else {
            audio.whenSent(goodbye);
        }
    }

    @Override
    public void answered() {
        if (saidSomething) {
            saidSomething = false;
            sendIfWanted("agent_response_complete", SocketEvents.responseComplete(lastEventId));
        }
    }

    private void sendAudio(byte[] encoded, int eventId) {
        if (!record.ended() && encoded.length > 0) {
            record.audioSent(encoded.length);
            socket.send(SocketEvents.audio(encoded, eventId));
        }
    }

    private void ping() {
        int eventId = nextEventId();
        heartbeat.pinged(eventId, SessionClock.now());
        send(SocketEvents.ping(eventId, heartbeat.roundTripMillis()));
    }

    private void tick() {
        if (heartbeat.overdue(SessionClock.now(), services.timing().pongWithin().toMillis())) {
            services.violations().add("pong_missing", record.id(), "a ping was not answered with a pong in time");
        }
        long silenceLimit =
                (long) (Json.number(record.agent(), "conversation_config.turn.silence_end_call_timeout", -1) * 1000);
        long agentLeft = audio == null ? 0 : audio.remainingMillis();
        if (agentLeft > 0 || dialogue != null && dialogue.busy() || recogniser.speaking()) {
            clock.speech();
        }
        if (clock.idleTooLong()) {
            send(SocketEvents.error(
                    1002,
                    "transport_receive_timeout",
                    "No user input for too long.",
                    "transport_receive_timeout",
                    List.of()));
            finish(
                    1002,
                    "transport_receive_timeout",
                    "transport_receive_timeout",
                    failure(1002, "transport_receive_timeout"));
        } else if (clock.tooLong()) {
            finish(1000, "max_duration_exceeded", "max_duration_exceeded", null);
        } else if (!record.textOnly() && silenceLimit > 0 && clock.silentForMillis() > silenceLimit) {
            finish(1000, "silence_end_call_timeout", "silence_end_call_timeout", null);
        }
    }

    private void refuse(Initiation.Verdict.Refused refused) {
        if (refused.name().equals("missing_dynamic_variable")) {
            String names = String.join(", ", refused.variables());
            services.violations().add(refused.name(), record.id(), "dynamic variables not supplied: " + names);
            send(SocketEvents.error(1008, refused.name(), refused.message(), names, refused.variables()));
            finish(
                    1008,
                    refused.name() + ": " + names,
                    refused.name(),
                    failure(1008, refused.message() + ": " + names));
        } else {
            refuse(refused.name(), refused.message());
        }
    }

    private void refuse(String name, String message) {
        services.violations().add(name, record.id(), message);
        send(SocketEvents.clientError(1008, name, message));
        finish(1008, name + ": " + message, name, failure(1008, message));
    }

    private void finish(int code, String closeReason, String terminationReason, @Nullable JsonObject failure) {
        if (end(terminationReason, code, failure)) {
            socket.close(code, closeReason);
        }
    }

    private boolean end(String reason, int code, @Nullable JsonObject failure) {
        if (!record.end(reason, code, failure)) {
            return false;
        }
        clock.stop();
        if (audio != null) {
            audio.stop();
        }
        if (dialogue != null) {
            dialogue.close();
            services.conversations().ended(record);
        } else {
            // Refused at the door: there is a record of it, but no conversation to analyse or to report.
            record.analysed();
        }
        return true;
    }

    private static JsonObject failure(int code, String reason) {
        return new JsonObject().put("code", code).put("reason", reason);
    }

    private void ignored(String what) {
        services.violations().add("ignored", record.id(), what);
    }

    private void sendIfWanted(String event, JsonObject message) {
        if (events.contains(event)) {
            send(message);
        }
    }

    private void send(JsonObject message) {
        if (!record.ended()) {
            record.message("sent", message);
            socket.send(message);
        }
    }

    private int nextEventId() {
        return ++lastEventId;
    }

    private String channel() {
        return record.textOnly() ? "text" : "voice";
    }
}
