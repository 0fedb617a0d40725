package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.wire.FaultPlan;
import dev.throughline.simulator.wire.FaultPlan.Fault;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Armed faults of the socket, by the words of the README. {@code channel} is {@code voice} or {@code text}. */
final class SessionFaults {

    private SessionFaults() {}

    /** {@code refuse-override} hits only a client that sends overrides; {@code missing-variable} hits any. */
    static Optional<Initiation.Verdict.Refused> refusal(FaultPlan faults, String channel, JsonObject message) {
        boolean overrides =
                message.getValue("conversation_config_override") instanceof JsonObject sent && !sent.isEmpty();
        if (overrides && faults.take("refuse-override", channel).isPresent()) {
            return Optional.of(new Initiation.Verdict.Refused(
                    "override_error", "Override is not allowed by config.", List.of(), List.of()));
        }
        return faults.take("missing-variable", channel)
                .map(fault -> new Initiation.Verdict.Refused(
                        "missing_dynamic_variable",
                        "Missing required dynamic variables",
                        List.of(fault.options().getString("variable", "business_name")),
                        List.of()));
    }

    /** {@code announce-format}: the agent's formats are others than provisioned, {@code pcm_16000} unless {@code format} says. */
    static Optional<String> format(FaultPlan faults, String channel) {
        return faults.take("announce-format", channel)
                .map(fault -> fault.options().getString("format", "pcm_16000"));
    }

    /** {@code unknown-events}: strange events and fields throughout the conversation. */
    static boolean standing(FaultPlan faults, String channel) {
        return faults.take("unknown-events", channel).isPresent();
    }

    /** {@code drop-tcp} or {@code close}, {@code afterMillis} after the beginning. */
    static Optional<Fault> ending(FaultPlan faults, String channel) {
        return faults.take("drop-tcp", channel).or(() -> faults.take("close", channel));
    }
}
