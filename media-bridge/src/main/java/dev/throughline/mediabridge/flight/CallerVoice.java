package dev.throughline.mediabridge.flight;

/**
 * When the caller speaks and when he fell silent, from the loudness of his frames, and the gaps between them. Times by
 * {@link System#nanoTime}; 0 = never. One thread.
 */
final class CallerVoice {

    /** A pause shorter than this is inside a word or between two. */
    static final long HANGOVER_NANOS = 200_000_000L;

    /** 20 ms are due; beyond this a frame was late on its way to us. */
    static final long GAP_NANOS = 60_000_000L;

    /** The provider calls this and more a voice. */
    private static final double VOICE = 0.5;

    private static final long FRAME_NANOS = 20_000_000L;

    private final SpeechLanes lanes;
    private boolean speaking;
    private long spokeFrom;
    /** The best score since he began to speak; -1 when the provider sends none. */
    private double score = -1;

    private long lastLoud;
    private long fellSilent;
    private long lastFrame;
    private int gaps;
    private long longestGap;

    /** @param lanes is told every stretch of speech when it is over */
    CallerVoice(SpeechLanes lanes) {
        this.lanes = lanes;
    }

    /** A frame arrived. */
    void frame(String base64, long nowNanos) {
        if (lastFrame != 0 && nowNanos - lastFrame > GAP_NANOS) {
            gaps++;
            longestGap = Math.max(longestGap, nowNanos - lastFrame);
        }
        lastFrame = nowNanos;
        if (Loudness.isSpeech(base64)) {
            if (!speaking) {
                speaking = true;
                spokeFrom = nowNanos - FRAME_NANOS;
                score = -1;
            }
            lastLoud = nowNanos;
        } else if (speaking && nowNanos - lastLoud > HANGOVER_NANOS) {
            fellSilent = lastLoud;
            end();
        }
    }

    /** The provider's own judgement, 0 to 1, where an agent is set up to send it: what is loud and no voice is noise. */
    void score(double voice) {
        score = Math.max(score, voice);
    }

    /** The stretch is over, or the call is. */
    void end() {
        if (speaking && (score < 0 || score >= VOICE)) {
            lanes.caller(spokeFrom, lastLoud);
        }
        speaking = false;
    }

    /**
     * When the words that were just transcribed ended, and forgets it: the end of the last stretch of speech, or, where that is not certain
     * yet, the last loud frame. 0 when nothing loud came since this was last asked.
     */
    long takeEndOfSpeech() {
        long end = fellSilent != 0 ? fellSilent : speaking ? lastLoud : 0;
        fellSilent = 0;
        return end;
    }

    /** The last loud frame. */
    long lastLoudNanos() {
        return lastLoud;
    }

    int gaps() {
        return gaps;
    }

    long longestGapNanos() {
        return longestGap;
    }
}
