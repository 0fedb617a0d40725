package dev.throughline.telephony.call;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Twilio's CallStatus (Twilio, <i>Call resource</i>, call status values), in the order in which a call goes through them. */
public enum CallStatus {
    QUEUED("queued", 0),
    INITIATED("initiated", 1),
    RINGING("ringing", 2),
    IN_PROGRESS("in-progress", 3),
    COMPLETED("completed", 4),
    BUSY("busy", 4),
    FAILED("failed", 4),
    NO_ANSWER("no-answer", 4),
    CANCELED("canceled", 4);

    private static final int TERMINAL_RANK = 4;
    private static final Map<String, CallStatus> BY_WIRE =
            Arrays.stream(values()).collect(Collectors.toMap(CallStatus::wire, Function.identity()));

    private final String wire;
    private final int rank;

    CallStatus(String wire, int rank) {
        this.wire = wire;
        this.rank = rank;
    }

    /** The status with this name on the wire; empty for one Twilio has added since. */
    public static Optional<CallStatus> of(String wire) {
        return Optional.ofNullable(BY_WIRE.get(wire));
    }

    /** As Twilio writes it, for example {@code in-progress}. */
    public String wire() {
        return wire;
    }

    /** Whether the call is over. */
    public boolean terminal() {
        return rank == TERMINAL_RANK;
    }

    /** Whether a call in this status goes forward by coming to {@code next}. */
    boolean precedes(CallStatus next) {
        return rank < next.rank;
    }
}
