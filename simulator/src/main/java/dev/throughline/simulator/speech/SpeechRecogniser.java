package dev.throughline.simulator.speech;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Listens to one caller's audio and says what was said, by the audio alone. Time is counted in samples, not by a clock: an
 * utterance ends after 600 ms of silence <em>received</em>, so a client that stops sending while the caller is silent never
 * gets an answer, as with the real turn detection. Not safe for several threads at once.
 */
public final class SpeechRecogniser {

    /** Silence that ends an utterance. */
    public static final int END_SILENCE_MILLIS = 600;

    private static final int FRAME_MILLIS = 20;
    private static final int FRAME = FRAME_MILLIS * Mulaw.BYTES_PER_MILLI;
    private static final int END_SILENCE_FRAMES = END_SILENCE_MILLIS / FRAME_MILLIS;
    private static final int PRE_ROLL_FRAMES = 10;
    private static final int ONSET_FRAMES = 6;
    private static final int MAX_UTTERANCE_FRAMES = 20_000 / FRAME_MILLIS;
    private static final double VOICED_RMS = 250;

    /** Built once; a matcher does not change and serves every call. */
    private static final class Matchers {
        static final ClipMatcher UNCHANGED = new ClipMatcher(SpeechClips.load().caller(), ClipMatcher.UNCHANGED);
        static final ClipMatcher RESAMPLED = new ClipMatcher(SpeechClips.load().caller(), ClipMatcher.RESAMPLED);
    }

    private final ClipMatcher matcher;
    private final short[] partial = new short[FRAME];
    private int partialLength;
    private short[] utterance = new short[0];
    private int utteranceFrames;
    private int voicedFrames;
    private int silentFrames;

    private SpeechRecogniser(ClipMatcher matcher) {
        this.matcher = matcher;
    }

    /** Recognises the caller's shipped clips in audio that must have come through unchanged (mu-law both ways). */
    public static SpeechRecogniser strict() {
        return new SpeechRecogniser(Matchers.UNCHANGED);
    }

    /** The same for a path on which a bridge has to transcode to PCM. */
    public static SpeechRecogniser forResampledAudio() {
        return new SpeechRecogniser(Matchers.RESAMPLED);
    }

    /** Takes the next samples (16 bit, 8 kHz, any number) and returns what they brought about, in order. */
    public List<Heard> accept(short[] samples) {
        List<Heard> events = new ArrayList<>(1);
        for (int at = 0; at < samples.length; ) {
            int count = Math.min(FRAME - partialLength, samples.length - at);
            System.arraycopy(samples, at, partial, partialLength, count);
            partialLength += count;
            at += count;
            if (partialLength == FRAME) {
                partialLength = 0;
                frame().ifPresent(events::add);
            }
        }
        return events;
    }

    /** Whether an utterance is under way. */
    public boolean speaking() {
        return voicedFrames >= ONSET_FRAMES;
    }

    private Optional<Heard> frame() {
        boolean voiced = ClipMatcher.rms(partial, 0, FRAME) >= VOICED_RMS;
        append(partial);
        if (voiced) {
            voicedFrames++;
            silentFrames = 0;
            if (voicedFrames == ONSET_FRAMES) {
                return Optional.of(new Heard.SpeechStarted());
            }
        } else {
            silentFrames++;
        }
        if (voicedFrames == 0) {
            keepPreRoll();
            return Optional.empty();
        }
        if (silentFrames < END_SILENCE_FRAMES && utteranceFrames < MAX_UTTERANCE_FRAMES) {
            return Optional.empty();
        }
        // Fewer voiced frames than an onset needs are a click, not an utterance.
        Optional<Heard> ended = speaking() ? Optional.of(new Heard.UtteranceEnded(recognise())) : Optional.empty();
        reset();
        return ended;
    }

    private Recognition recognise() {
        Optional<ClipMatcher.Alignment> best = matcher.best(Arrays.copyOf(utterance, utteranceFrames * FRAME));
        return best.filter(ClipMatcher.Alignment::recognised)
                .map(fit -> new Recognition(fit.clip().text(), fit.clip().id(), fit.finding()))
                .orElseGet(() -> new Recognition(
                        Recognition.UNINTELLIGIBLE,
                        "",
                        best.map(ClipMatcher.Alignment::finding).orElse("no clip of this length")));
    }

    private void append(short[] frame) {
        int needed = (utteranceFrames + 1) * FRAME;
        if (utterance.length < needed) {
            utterance = Arrays.copyOf(utterance, Math.max(needed, utterance.length * 2));
        }
        System.arraycopy(frame, 0, utterance, utteranceFrames * FRAME, FRAME);
        utteranceFrames++;
    }

    private void keepPreRoll() {
        if (utteranceFrames > PRE_ROLL_FRAMES) {
            System.arraycopy(utterance, FRAME, utterance, 0, PRE_ROLL_FRAMES * FRAME);
            utteranceFrames = PRE_ROLL_FRAMES;
        }
    }

    private void reset() {
        utteranceFrames = 0;
        voicedFrames = 0;
        silentFrames = 0;
    }

    /** What incoming audio brought about. */
    public sealed interface Heard {

        /** The caller has been speaking for 120 ms. */
        record SpeechStarted() implements Heard {}

        /** The caller has been silent for {@link #END_SILENCE_MILLIS} after speaking. */
        record UtteranceEnded(Recognition recognition) implements Heard {}
    }
}
