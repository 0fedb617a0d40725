package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.wire.FaultPlan;
import dev.throughline.simulator.wire.FaultPlan.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Armed faults of the socket, by the words of the README. {@code channel} is {@code voice} or {@code text}. */
final class SessionFaults {

    /** Close code of a caller who waited too long in the concurrency queue. */
    static final int LEFT_THE_QUEUE = 4300;

    private static final long LOOK_FOR_TURNS_MILLIS = 20;
    private static final int ONE_MIB = 1 << 20;
    private static final int MAX_BYTES = 64 * ONE_MIB;

    private final Vertx vertx;
    private final FaultPlan faults;

    SessionFaults(Vertx vertx, FaultPlan faults) {
        this.vertx = vertx;
        this.faults = faults;
    }

    /** The provider's own word for {@code code} where nobody asks for another (AsyncAPI of the socket, close codes). */
    static String reasonOf(int code) {
        return switch (code) {
            case 1002 -> "llm_timeout";
            case 1008 -> "invalid_message";
            case LEFT_THE_QUEUE -> "queue_timeout";
            default -> "unknown_websocket_crash";
        };
    }

    /** {@code refuse-override} hits only a client that sends overrides; {@code missing-variable} hits any. */
    Optional<Initiation.Verdict.Refused> refusal(String channel, JsonObject message) {
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
    Optional<String> format(String channel) {
        return faults.take("announce-format", channel)
                .map(fault -> fault.options().getString("format", "pcm_16000"));
    }

    /** {@code withhold-metadata}. */
    boolean withholdsMetadata(String channel) {
        return faults.take("withhold-metadata", channel).isPresent();
    }

    /**
     * What the socket does from now on: {@code unknown-events}, {@code never-reads} from {@code afterMillis} on, and one {@code
     * huge-message} of {@code bytes} after {@code afterMillis}.
     */
    void misbehave(String channel, SessionSocket socket) {
        socket.misbehave(faults.take("unknown-events", channel).isPresent());
        faults.take("never-reads", channel).ifPresent(fault -> after(fault, 0, socket::stopReading));
        faults.take("huge-message", channel).ifPresent(fault -> {
            int bytes = Math.clamp(fault.options().getInteger("bytes", ONE_MIB), 1, MAX_BYTES);
            after(fault, 200, () -> socket.send(SocketEvents.ofSize(bytes)));
        });
    }

    /**
     * {@code drop-tcp} or {@code close}: after as many of the user's turns as {@code afterTurns} says, else {@code afterMillis}
     * (1000) after the beginning, and 0 is at once.
     */
    void ending(String channel, ConversationRecord record, Consumer<Fault> end) {
        faults.take("drop-tcp", channel).or(() -> faults.take("close", channel)).ifPresent(fault -> {
            Integer turns = fault.options().getInteger("afterTurns");
            if (turns == null) {
                after(fault, 1000, () -> end.accept(fault));
            } else {
                vertx.setPeriodic(LOOK_FOR_TURNS_MILLIS, timer -> {
                    boolean due = record.turns().stream()
                                    .filter(turn -> !turn.agent())
                                    .count()
                            >= turns;
                    if (due || record.ended()) {
                        vertx.cancelTimer(timer);
                        end.accept(fault);
                    }
                });
            }
        });
    }

    private void after(Fault fault, long otherwise, Runnable action) {
        long millis = fault.options().getLong("afterMillis", otherwise);
        if (millis <= 0) {
            vertx.runOnContext(now -> action.run());
        } else {
            vertx.setTimer(millis, timer -> action.run());
        }
    }
}
