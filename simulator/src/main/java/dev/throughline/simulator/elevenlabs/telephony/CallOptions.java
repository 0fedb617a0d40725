package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.account.ApiError;
import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.telephony.TwilioRest.Parameter;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** {@code telephony_call_config} in Twilio's words. */
final class CallOptions {

    private static final int MAX_RINGING_AT_TWILIO = 600;

    private CallOptions() {}

    /** The parameters of a create; throws the provider's 422 for a value out of range. */
    static List<Parameter> read(JsonObject body) {
        List<Parameter> options = new ArrayList<>();
        JsonObject config = Json.object(body, "telephony_call_config");
        double ringing = Json.number(config, "ringing_timeout_secs", 60);
        if (ringing < 1 || ringing > 999) {
            throw ApiError.invalid(
                    "less_than_equal",
                    "Input should be from 1 to 999",
                    ringing,
                    "telephony_call_config",
                    "ringing_timeout_secs");
        }
        options.add(new Parameter("Timeout", String.valueOf((int) Math.min(ringing, MAX_RINGING_AT_TWILIO))));
        if (Json.isTrue(config, "twilio_call_recording_enabled") || Json.isTrue(body, "call_recording_enabled")) {
            options.add(new Parameter("Record", "true"));
        }
        if (config.getValue("twilio_machine_detection") instanceof JsonObject detection) {
            options.add(new Parameter("MachineDetection", mode(detection)));
            options.add(new Parameter("AsyncAmd", "true"));
        }
        return options;
    }

    private static String mode(JsonObject detection) {
        return switch (detection.getString("mode", "")) {
            case "enable" -> "Enable";
            case "detect_message_end" -> "DetectMessageEnd";
            default ->
                throw ApiError.invalid(
                        "enum",
                        "Input should be 'enable' or 'detect_message_end'",
                        detection.getValue("mode"),
                        "telephony_call_config",
                        "twilio_machine_detection",
                        "mode");
        };
    }
}
