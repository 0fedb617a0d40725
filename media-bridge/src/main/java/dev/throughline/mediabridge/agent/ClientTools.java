package dev.throughline.mediabridge.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.mediabridge.audio.TouchTones;
import dev.throughline.platform.elevenlabs.AgentEvent;
import java.util.List;

/**
 * The client tools of an agent on the phone. {@code play_keypad_touch_tone} with {@code dtmf_tones}, as the system tool of that name has it,
 * which acts on native telephony only: here a client tool of the same name plays the keys into the call. All others do not exist. Pure.
 */
public final class ClientTools {

    static final String KEYPAD = "play_keypad_touch_tone";

    /**
     * What came of a call.
     *
     * @param sound base64 of mu-law to be played to the caller, in order; empty for none
     * @param result a sentence for the agent
     */
    public record Result(List<String> sound, String result, boolean error) {

        private static Result failed(String why) {
            return new Result(List.of(), why, true);
        }
    }

    private ClientTools() {}

    /** Runs a tool; never throws. */
    public static Result run(AgentEvent.ClientToolCall call) {
        if (!call.toolName().equals(KEYPAD)) {
            return Result.failed("This tool does not exist on a phone call.");
        }
        JsonNode keys = call.parameters().path("dtmf_tones");
        if (!keys.isTextual() && !keys.isIntegralNumber()) {
            return Result.failed("No keys were given. Give dtmf_tones as text, for example 1w2#.");
        }
        try {
            return new Result(
                    TouchTones.of(keys.asText().replaceAll("[\\s-]", "")), "The keys are being played.", false);
        } catch (IllegalArgumentException unplayable) {
            return Result.failed(String.valueOf(unplayable.getMessage()));
        }
    }
}
