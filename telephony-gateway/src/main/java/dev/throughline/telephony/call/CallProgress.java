package dev.throughline.telephony.call;

/**
 * How far a call has come. Callbacks repeat and overtake each other, so the machine only moves forward; the same set of reports leads to
 * the same end in any order.
 *
 * <pre>
 *  queued ─▶ initiated ─▶ ringing ─▶ in-progress ─▶ completed │ busy │ failed │ no-answer │ canceled
 *     └───────────┴───────────┴── any step may be skipped ──▶        (terminal: the first one stands)
 *
 *  a report of an earlier or the same rank        ─▶ no move
 *  a report with a lower SequenceNumber than seen ─▶ no move, unless it is terminal
 * </pre>
 *
 * <p>The rank comes first because sequences of different sources do not compare: the callback of a phone number at the end of an inbound
 * call carries SequenceNumber 0 (Twilio, <i>Voice webhooks</i>; its fixture {@code call-status.form}).
 *
 * @param status the furthest status seen
 * @param sequence the highest SequenceNumber seen; {@link #NO_SEQUENCE} before any
 */
public record CallProgress(CallStatus status, int sequence) {

    /** Stands for a report without a SequenceNumber. */
    public static final int NO_SEQUENCE = -1;

    /** A call whose first webhook was answered and of which no callback was seen. */
    public static CallProgress begun(CallStatus status) {
        return new CallProgress(status, NO_SEQUENCE);
    }

    /** Whether the report of {@code next} moves the call forward. */
    public boolean movesTo(CallStatus next, int nextSequence) {
        if (!status.precedes(next)) {
            return false;
        }
        return next.terminal() || nextSequence == NO_SEQUENCE || nextSequence >= sequence;
    }

    /** The progress after a report, whether it moved the call or not. */
    public CallProgress after(CallStatus next, int nextSequence) {
        return new CallProgress(movesTo(next, nextSequence) ? next : status, Math.max(sequence, nextSequence));
    }
}
