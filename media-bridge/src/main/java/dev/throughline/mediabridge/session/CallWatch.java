package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.ending.DisconnectCause;
import java.time.Duration;

/**
 * The limits of a call that time alone reaches: its length and the caller's silence. The agent is told before, so that it can end the
 * call itself and politely. One call, one thread; times by {@link System#nanoTime}.
 */
final class CallWatch {

    /** What is due now. */
    sealed interface Due {

        /** Nothing. */
        record Nothing() implements Due {}

        /** The agent is to be told, as background. */
        record Inform(String text) implements Due {}

        /** The agent is to say something. */
        record Ask(String text) implements Due {}

        /** The call ends. */
        record End(DisconnectCause cause) implements Due {}
    }

    private static final Due NOTHING = new Due.Nothing();
    private static final long LAST_MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long TO_SAY_GOOD_BYE = Duration.ofSeconds(30).toNanos();

    private final long longest;
    private final long silence;
    private final long beganNanos;
    private long lastSignNanos;
    private long askedNanos;
    private boolean warned;

    CallWatch(BridgeConfig config, long beganNanos) {
        this.longest = config.maxCallDuration().toNanos();
        this.silence = config.callerSilence().toNanos();
        this.beganNanos = beganNanos;
        this.lastSignNanos = beganNanos;
    }

    /** The caller pressed a key. */
    void sign(long nowNanos) {
        lastSignNanos = nowNanos;
    }

    /**
     * Looks at the clock; each warning is given once.
     *
     * @param callerSpokeNanos when the caller was last heard; 0 = never
     */
    Due look(long nowNanos, long callerSpokeNanos) {
        if (callerSpokeNanos != 0 && callerSpokeNanos - lastSignNanos > 0) {
            lastSignNanos = callerSpokeNanos;
        }
        Due length = length(nowNanos - beganNanos);
        return length != NOTHING ? length : silence(nowNanos);
    }

    private Due length(long lasted) {
        if (lasted > longest) {
            return new Due.End(DisconnectCause.LONGEST_CALL);
        }
        if (!warned && longest > 2 * LAST_MINUTE && lasted > longest - LAST_MINUTE) {
            warned = true;
            return new Due.Inform("This call has to end within a minute. Tell the caller, and bring it to a good end.");
        }
        return NOTHING;
    }

    private Due silence(long nowNanos) {
        boolean silent = nowNanos - lastSignNanos > silence;
        if (!silent) {
            askedNanos = 0;
            return NOTHING;
        }
        if (askedNanos == 0) {
            askedNanos = nowNanos;
            return new Due.Ask(
                    "(The caller has said nothing for a long time. Ask whether anybody is there, and if nobody "
                            + "answers, say good-bye and end the call.)");
        }
        return nowNanos - askedNanos > TO_SAY_GOOD_BYE ? new Due.End(DisconnectCause.NOBODY_SPEAKS) : NOTHING;
    }
}
