package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.audio.MuLaw;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** One thing a scripted caller does. All durations are milliseconds. */
sealed interface CallerStep {

    /** Longest wait a script may ask for. */
    long MAX_WAIT_MILLIS = 600_000;

    /** What a caller can wait for. */
    enum Until {
        /** The call was answered. */
        ANSWERED("answered"),
        /** The media stream has begun. */
        STREAM("stream"),
        /** Somebody else is on the line: a {@code <Dial>} was answered, or a conference has begun. */
        BRIDGED("bridged"),
        /** Something is being heard. */
        AGENT_SPEAKING("agent-speaking"),
        /** Something was heard since the caller's last turn, and then nothing for 700 ms. */
        AGENT_FINISHED("agent-finished"),
        /** The other side ends the call. */
        HANGUP("hangup");

        private final String word;

        Until(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Until of(String word) {
            for (Until each : values()) {
                if (each.word.equals(word)) {
                    return each;
                }
            }
            throw new IllegalArgumentException(
                    "wait must be answered, stream, bridged, agent-speaking, agent-finished or hangup");
        }
    }

    /** @param orContinue go on when the time is up; otherwise the caller gives up and hangs up */
    record Wait(Until until, long timeoutMillis, boolean orContinue) implements CallerStep {}

    /** Waits until {@code text} was heard, said by TwiML or spoken; capitals do not matter. */
    record WaitForWords(String text, long timeoutMillis, boolean orContinue) implements CallerStep {}

    /**
     * Speech as raw mu-law; {@code label} names it in the call's events.
     *
     * @param anyway speaks at once, whether anybody listens or not, as machines do
     */
    record Say(
            String label,
            @SuppressWarnings("ArrayRecordComponent") byte[] audio,
            boolean anyway) implements CallerStep {}

    /** As {@link Say}, begun while the agent speaks, once {@code afterMillis} of its answer were heard. */
    record BargeIn(
            String label,
            @SuppressWarnings("ArrayRecordComponent") byte[] audio,
            long afterMillis,
            long timeoutMillis) implements CallerStep {}

    record Dtmf(String digits) implements CallerStep {}

    record Pause(long millis) implements CallerStep {}

    record HangUp() implements CallerStep {}

    /** Reads one step; throws {@link IllegalArgumentException} or {@link NoSuchElementException} with what is wrong. */
    static CallerStep from(JsonObject json, ClipSource clips) {
        if (json.getValue("wait") instanceof String until) {
            return new Wait(Until.of(until), millis(json, "timeoutMs", 20_000), json.getBoolean("orContinue", false));
        }
        if (json.getValue("waitFor") instanceof String text && !text.isBlank()) {
            return new WaitForWords(text, millis(json, "timeoutMs", 20_000), json.getBoolean("orContinue", false));
        }
        if (json.containsKey("bargeIn")) {
            Say say = speech(json, json.getValue("bargeIn") instanceof String clip ? clip : null, clips);
            return new BargeIn(
                    say.label(), say.audio(), millis(json, "afterMs", 800), millis(json, "timeoutMs", 20_000));
        }
        if (json.getValue("say") instanceof String clip) {
            return speech(json, clip, clips);
        }
        if (json.containsKey("audio") || json.containsKey("tone")) {
            return speech(json, null, clips);
        }
        if (json.getValue("dtmf") instanceof String digits) {
            if (!digits.matches("[0-9*#]{1,32}")) {
                throw new IllegalArgumentException("dtmf must be digits, * or #");
            }
            return new Dtmf(digits);
        }
        if (json.containsKey("pause")) {
            return new Pause(millis(json, "pause", 0));
        }
        if (Boolean.TRUE.equals(json.getValue("hangup"))) {
            return new HangUp();
        }
        throw new IllegalArgumentException("unknown step " + json.fieldNames());
    }

    private static Say speech(JsonObject json, @Nullable String clip, ClipSource clips) {
        boolean anyway = json.getBoolean("anyway", false);
        if (clip != null) {
            return new Say(clip, clips.caller(clip), anyway);
        }
        if (json.getValue("audio") instanceof String audio) {
            return new Say("audio", CallerAudio.decode(Base64.getDecoder().decode(audio)), anyway);
        }
        if (json.getValue("tone") instanceof Number hertz) {
            int millis = (int) Math.clamp(json.getLong("ms", 500L), 20, 60_000);
            return new Say("tone", MuLaw.tone(hertz.doubleValue(), millis), anyway);
        }
        throw new IllegalArgumentException("speech needs a clip id, audio or tone");
    }

    private static long millis(JsonObject json, String name, long fallback) {
        return Math.clamp(json.getLong(name, fallback), 0, MAX_WAIT_MILLIS);
    }
}
