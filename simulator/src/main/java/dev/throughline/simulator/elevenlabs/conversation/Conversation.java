package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.brain.Brain;
import dev.throughline.simulator.speech.AudioFormat;
import dev.throughline.simulator.speech.Recognition;
import dev.throughline.simulator.speech.SpeechRecogniser;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A conversation that was let in, whatever carries it: what is heard goes to the {@link Dialogue}, what it answers goes out over a
 * {@link Line}. Knows turns, interruption, limits and the end; knows no wire. For one event loop.
 *
 * <pre>
 *   made --begin--> TALKING --end_call, limits, the line's end--> OVER
 * </pre>
 */
public final class Conversation implements Dialogue.Stage {

    private static final long LIMITS_EVERY_MILLIS = 100;

    private final Services services;
    private final ConversationRecord record;
    private final Line line;
    private final ConversationLimits limits;
    private final Dialogue dialogue;
    private final AgentAudio audio;
    private final Function<byte[], short[]> decoder;
    private final SpeechRecogniser recogniser;
    private final boolean greetsByScript;
    private final long ticker;
    private boolean hangingUp;
    private boolean saidSomething;
    private int lastEventId;

    /**
     * The formats of one conversation's audio.
     *
     * @param output the agent's
     * @param input the user's
     */
    public record Formats(AudioFormat output, AudioFormat input) {

        /** What {@code agent} was provisioned with; {@code pcm_16000} where it says nothing. */
        public static Formats of(JsonObject agent) {
            return new Formats(
                    named(Json.text(agent, "conversation_config.tts.agent_output_audio_format", "pcm_16000")),
                    named(Json.text(agent, "conversation_config.asr.user_input_audio_format", "pcm_16000")));
        }

        /** The same format both ways. Throws when {@code name} is no format. */
        public static Formats both(String name) {
            return new Formats(named(name), named(name));
        }

        /** Whether a telephone's audio passes unchanged both ways. */
        public boolean mulaw() {
            return output.mulaw() && input.mulaw();
        }

        private static AudioFormat named(String name) {
            return AudioFormat.named(name).orElseThrow();
        }
    }

    /** A conversation of {@code record}, opened as {@code accepted} has it; {@link #begin} starts it. */
    public Conversation(
            Services services,
            ConversationRecord record,
            List<JsonObject> tools,
            Initiation.Verdict.Accepted accepted,
            Formats formats,
            Line line) {
        this.services = services;
        this.record = record;
        this.line = line;
        this.audio = new AgentAudio(services.vertx(), formats.output(), this::play);
        this.decoder = formats.input().decoder();
        this.recogniser = formats.mulaw() ? SpeechRecogniser.strict() : SpeechRecogniser.forResampledAudio();
        this.limits = ConversationLimits.of(record.agent(), accepted.override());
        Object ownWords = Json.at(accepted.override(), "agent.first_message");
        this.greetsByScript = !record.textOnly() && ownWords == null;
        String firstMessage = ownWords instanceof String words
                ? words
                : Json.text(record.agent(), "conversation_config.agent.first_message", "");
        Variables variables = new Variables(record);
        Brain brain = services.brainFor(record, tools, variables);
        this.dialogue = new Dialogue(record, brain, tools, services.webhooks(), variables, this, firstMessage);
        this.ticker = services.vertx().setPeriodic(LIMITS_EVERY_MILLIS, timer -> tick());
    }

    /** Has the agent speak first. */
    public void begin() {
        dialogue.begin(greetsByScript);
    }

    /** Takes audio in the user's format, any number of bytes. */
    public void hearAudio(byte[] bytes) {
        if (record.ended()) {
            return;
        }
        record.frameReceived(bytes.length);
        recogniser.accept(decoder.apply(bytes)).forEach(this::heard);
    }

    /** Takes a line the user wrote or keyed in; {@code medium} is {@code text} or {@code dtmf}. */
    public void hearText(String words, String medium) {
        if (record.ended()) {
            return;
        }
        record.userSaid(words, medium, nextEventId());
        userSaid(words);
    }

    /** Takes background information; it brings about no answer. */
    public void learn(String text) {
        dialogue.learn(text);
    }

    /** The number of the next event. */
    int nextEventId() {
        return ++lastEventId;
    }

    /**
     * Ends it without a word to the line; only the first call counts.
     *
     * @param code the close frame's code, 1006 for none
     * @param failure {@code {code,reason}}, null when nothing failed
     */
    public boolean end(String reason, int code, @Nullable JsonObject failure) {
        if (!record.end(reason, code, failure)) {
            return false;
        }
        services.vertx().cancelTimer(ticker);
        audio.stop();
        dialogue.close();
        services.conversations().ended(record);
        return true;
    }

    /** Ends it and closes the line. */
    void finish(int code, String closeReason, String terminationReason, @Nullable JsonObject failure) {
        if (end(terminationReason, code, failure)) {
            line.close(code, closeReason);
        }
    }

    private void heard(SpeechRecogniser.Heard heard) {
        limits.speech();
        switch (heard) {
            case SpeechRecogniser.Heard.SpeechStarted started -> bargeIn();
            case SpeechRecogniser.Heard.UtteranceEnded ended -> {
                Recognition recognition = ended.recognition();
                record.utterance(recognition.transcript(), recognition.finding());
                if (!recognition.understood() && line.bridged()) {
                    services.violations()
                            .add(
                                    "unintelligible_audio",
                                    record.id(),
                                    "the caller's audio is no known clip: " + recognition.finding());
                }
                int eventId = nextEventId();
                record.userSaid(recognition.transcript(), "audio", eventId);
                line.tell(SocketEvents.tentativeTranscript(recognition.transcript(), eventId));
                line.tell(SocketEvents.userTranscript(recognition.transcript(), eventId));
                userSaid(recognition.transcript());
            }
        }
    }

    private void userSaid(String words) {
        limits.speech();
        if (services.faults().take("no-reply", line.channel()).isEmpty()) {
            dialogue.hear(words);
        }
    }

    private void bargeIn() {
        if (hangingUp || !audio.playing() || !line.interruptible()) {
            return;
        }
        int eventId = nextEventId();
        List<AgentAudio.Cut> cuts = audio.interrupt();
        line.tell(SocketEvents.interruption(eventId));
        for (AgentAudio.Cut cut : cuts) {
            record.turns().stream()
                    .filter(turn -> turn.agent() && turn.eventId() == cut.eventId())
                    .forEach(turn -> turn.cutTo(cut.heard()));
            line.tell(SocketEvents.correction(cut));
        }
        line.cutOff(cuts.isEmpty() ? eventId - 1 : cuts.getFirst().eventId());
    }

    @Override
    public int say(String text) {
        int eventId = nextEventId();
        saidSomething = true;
        if (record.textOnly()) {
            line.tell(SocketEvents.responsePart("start", "", eventId));
            for (String word : text.split("(?<=\\s)")) {
                line.tell(SocketEvents.responsePart("delta", word, eventId));
            }
            line.tell(SocketEvents.responsePart("stop", "", eventId));
        }
        line.tell(SocketEvents.agentResponse(text, eventId));
        if (!record.textOnly()) {
            audio.speak(services.voice().say(text), eventId);
        }
        return eventId;
    }

    @Override
    public int toolRequested(JsonObject tool, String callId) {
        int eventId = nextEventId();
        line.tell(SocketEvents.toolRequest(tool, callId, eventId));
        return eventId;
    }

    @Override
    public void toolAnswered(JsonObject tool, String callId, ToolOutcome outcome, int eventId) {
        line.tell(SocketEvents.toolResponse(tool, callId, outcome.isError(), eventId));
        line.tell(SocketEvents.toolPayload(tool, callId, outcome, eventId));
    }

    @Override
    public Future<ToolOutcome> clientTool(JsonObject tool, String callId, JsonObject arguments, int eventId) {
        return line.clientTool(tool, callId, arguments, eventId);
    }

    @Override
    public void hangUp(String callId) {
        hangingUp = true;
        audio.whenSent(() -> {
            JsonObject tool = new JsonObject().put("type", "system").put("name", "end_call");
            line.tell(SocketEvents.toolResponse(tool, callId, false, nextEventId()));
            line.drain(() -> finish(1000, "end_call", "end_call tool was called", null));
        });
    }

    @Override
    public void answered() {
        if (saidSomething) {
            saidSomething = false;
            line.tell(SocketEvents.responseComplete(lastEventId));
        }
    }

    private void play(byte[] encoded, int eventId) {
        if (!record.ended() && encoded.length > 0) {
            record.audioSent(encoded.length);
            line.play(encoded, eventId);
        }
    }

    private void tick() {
        if (audio.remainingMillis() > 0 || dialogue.busy() || recogniser.speaking()) {
            limits.speech();
        }
        limits.broken(record.textOnly()).ifPresent(reason -> finish(1000, reason, reason, null));
    }
}
