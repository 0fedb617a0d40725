package dev.throughline.mediabridge.session;

/**
 * A call out of which machine detection has not told yet who answered it, and whose tenant wants a message left after the beep: the agent is
 * not reached before, or it would talk into the machine's greeting. A machine goes on being held, because telephony-gateway takes the call
 * at the beep and speaks the message. One call, one thread; times by {@link System#nanoTime}.
 *
 * <pre>
 *   over  ⇔  detection found no machine, or nobody was heard for {@link #LONGEST_SILENCE_NANOS}
 * </pre>
 */
final class AnswerHold {

    /** Longer than a greeting pauses; a person who hears nothing has waited long enough. */
    static final long LONGEST_SILENCE_NANOS = 6_000_000_000L;

    private final long beganNanos;
    private boolean person;

    AnswerHold(long beganNanos) {
        this.beganNanos = beganNanos;
    }

    /** What detection found (Twilio, <i>Answering Machine Detection</i>, AnsweredBy). */
    void found(String answeredBy) {
        person = !answeredBy.startsWith("machine_") && !answeredBy.equals("fax");
    }

    /** @param heardNanos when somebody was last heard at the other end; 0 = never */
    boolean isOver(long nowNanos, long heardNanos) {
        long since = heardNanos == 0 ? beganNanos : heardNanos;
        return person || nowNanos - since > LONGEST_SILENCE_NANOS;
    }
}
