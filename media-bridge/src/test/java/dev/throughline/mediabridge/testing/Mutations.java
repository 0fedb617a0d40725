package dev.throughline.mediabridge.testing;

import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Frames of both providers and what can become of them on a bad day; the same for the same seed. */
public final class Mutations {

    private static final List<String> AGENT_FRAMES = List.of(
            "{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"%s\",\"event_id\":%d}}",
            "{\"type\":\"agent_response\",\"agent_response_event\":{\"agent_response\":\"Hello there\",\"event_id\":%2$d}}",
            "{\"type\":\"user_transcript\",\"user_transcription_event\":{\"user_transcript\":\"Hi\",\"event_id\":%2$d}}",
            "{\"type\":\"interruption\",\"interruption_event\":{\"event_id\":%2$d}}",
            "{\"type\":\"agent_response_correction\",\"agent_response_correction_event\":{\"original_agent_response\":"
                    + "\"Hello there\",\"corrected_agent_response\":\"Hello\",\"event_id\":%2$d}}",
            "{\"type\":\"client_tool_call\",\"client_tool_call\":{\"tool_name\":\"play_keypad_touch_tone\","
                    + "\"tool_call_id\":\"t\",\"parameters\":{\"dtmf_tones\":\"1w2#\"},\"event_id\":%2$d}}",
            "{\"type\":\"agent_tool_response\",\"agent_tool_response\":{\"tool_name\":\"get_hours\",\"tool_call_id\":"
                    + "\"t\",\"tool_type\":\"webhook\",\"is_error\":false,\"event_id\":%2$d}}",
            "{\"type\":\"ping\",\"ping_event\":{\"event_id\":%2$d,\"ping_ms\":null}}",
            "{\"type\":\"conversation_initiation_metadata\",\"conversation_initiation_metadata_event\":{\"conversation_id\""
                    + ":\"c\",\"agent_output_audio_format\":\"pcm_16000\",\"user_input_audio_format\":\"ulaw_8000\"}}",
            "{\"type\":\"vad_score\",\"vad_score_event\":{\"vad_score\":0.5}}",
            "{\"type\":\"error\",\"error_event\":{\"code\":1011,\"error_type\":\"x\"}}");

    private static final List<String> CARRIER_FRAMES = List.of(
            "{\"event\":\"media\",\"sequenceNumber\":\"%2$d\",\"streamSid\":\"%3$s\",\"media\":{\"track\":\"inbound\","
                    + "\"chunk\":\"1\",\"timestamp\":\"20\",\"payload\":\"%1$s\"}}",
            "{\"event\":\"mark\",\"sequenceNumber\":\"%2$d\",\"streamSid\":\"%3$s\",\"mark\":{\"name\":\"u1-%2$d\"}}",
            "{\"event\":\"dtmf\",\"streamSid\":\"%3$s\",\"sequenceNumber\":\"%2$d\",\"dtmf\":{\"track\":\"inbound_track\","
                    + "\"digit\":\"5\"}}",
            "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}",
            "{\"event\":\"start\",\"streamSid\":\"%3$s\",\"start\":{\"callSid\":\"CA1\",\"customParameters\":{}}}");

    private static final String[] BITS = {
        "\"", "\\", "{", "}", "[", "]", ":", ",", "null", "true", "-1", "1e999", "\\u0000", "\u0000", "\uD800", "=",
        "é", "🙂"
    };

    private final Random random;

    public Mutations(long seed) {
        this.random = new Random(seed);
    }

    /** True once in {@code n} times. */
    public boolean chance(int n) {
        return random.nextInt(n) == 0;
    }

    /** A frame as Twilio sends it. */
    public String carrierFrame(String streamSid) {
        return pick(CARRIER_FRAMES).formatted(audio(), random.nextInt(50), streamSid);
    }

    /** A frame as ElevenLabs sends it. */
    public String agentFrame() {
        return pick(AGENT_FRAMES).formatted(audio(), random.nextInt(50));
    }

    /** The frame, in one of three cases as it is, else with a few things changed. */
    public String of(String frame) {
        if (chance(3)) {
            return frame;
        }
        StringBuilder text = new StringBuilder(frame);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && !text.isEmpty(); i++) {
            change(text);
        }
        return text.toString();
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + 1 + random.nextInt(12));
        switch (random.nextInt(6)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, BITS[random.nextInt(BITS.length)]);
            case 2 -> text.insert(at, text.substring(at, end));
            case 3 -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
            case 4 -> text.setLength(at);
            default -> text.replace(at, end, BITS[random.nextInt(BITS.length)].repeat(1 + random.nextInt(200)));
        }
    }

    private String audio() {
        byte[] bytes = new byte[random.nextInt(500)];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
