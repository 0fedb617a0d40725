package dev.throughline.simulator.speech;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides which known clip an utterance is, by aligning its audio with each candidate.
 *
 * <p>A clip is cut into segments of 60 ms. For every audible segment the normalised correlation
 * {@code sum(x*y) / sqrt(sum(x*x) * sum(y*y))} with the heard audio is taken at the running offset and, when that does not
 * fit, at offsets up to 60 ms around it; a new offset (a "slip") is what a lost or repeated frame leaves behind. A clip is
 * recognised when at least 65 % of its audible segments fit, at most two do not, and at most two slips were needed: one or
 * two lost 20 ms frames pass, more do not. The limits are chosen by the tests, not measured on a provider.
 */
final class ClipMatcher {

    /** Needed correlation where the audio should have come through unchanged; noise at 10 dB gives about this much. */
    static final double UNCHANGED = 0.95;

    /** Needed correlation where a bridge has to resample (PCM formats). */
    static final double RESAMPLED = 0.85;

    private static final int SEGMENT = 60 * Mulaw.BYTES_PER_MILLI;
    private static final int SEARCH = 60 * Mulaw.BYTES_PER_MILLI;
    private static final int FRAME = 20 * Mulaw.BYTES_PER_MILLI;
    private static final double AUDIBLE_RMS = 400;
    private static final int TOLERATED = 2;
    private static final double NEEDED_SHARE = 0.65;

    private final double needed;
    private final List<Template> templates = new ArrayList<>();

    /** Knows {@code clips}; a segment fits from correlation {@code needed} on. */
    ClipMatcher(List<SpeechClip> clips, double needed) {
        this.needed = needed;
        for (SpeechClip clip : clips) {
            short[] samples = Mulaw.decode(clip.audio());
            templates.add(new Template(clip, samples, onset(samples), audibleEnd(samples)));
        }
    }

    /** The best alignment of {@code heard} (16-bit samples, 8 kHz); never empty unless no clips are known. */
    Optional<Alignment> best(short[] heard) {
        int start = onset(heard);
        int length = audibleEnd(heard) - start;
        return templates.stream()
                .filter(template -> Math.abs(length - template.audibleLength()) < template.audibleLength() / 4)
                .map(template -> align(template, heard, start))
                .max(Comparator.comparingDouble(Alignment::share)
                        .thenComparing(Alignment::slips, Comparator.reverseOrder()));
    }

    private Alignment align(Template template, short[] heard, int start) {
        int offset = start - template.onset();
        int fitting = 0;
        int audible = 0;
        int slips = -1;
        for (int at = template.onset(); at + SEGMENT <= template.samples().length; at += SEGMENT) {
            if (rms(template.samples(), at, SEGMENT) < AUDIBLE_RMS) {
                continue;
            }
            audible++;
            if (correlation(template.samples(), at, heard, at + offset) >= needed) {
                fitting++;
                slips = Math.max(slips, 0);
                continue;
            }
            // Searching is dear; a candidate that is out already is not worth it.
            if (audible - fitting > TOLERATED + 1) {
                continue;
            }
            int moved = bestOffset(template.samples(), at, heard, offset);
            if (correlation(template.samples(), at, heard, at + moved) >= needed) {
                fitting++;
                // The first fit only finds the starting point; half a frame of jitter is not a lost frame either.
                slips += slips < 0 || Math.abs(moved - offset) >= FRAME / 2 ? 1 : 0;
                offset = moved;
            }
        }
        return new Alignment(template.clip(), fitting, audible, Math.max(slips, 0));
    }

    private static int bestOffset(short[] template, int at, short[] heard, int around) {
        int best = around;
        double bestCorrelation = -1;
        for (int offset = around - SEARCH; offset <= around + SEARCH; offset++) {
            double correlation = correlation(template, at, heard, at + offset);
            if (correlation > bestCorrelation) {
                bestCorrelation = correlation;
                best = offset;
            }
        }
        return best;
    }

    private static double correlation(short[] a, int aFrom, short[] b, int bFrom) {
        if (bFrom < 0 || bFrom + SEGMENT > b.length) {
            return -1;
        }
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < SEGMENT; i++) {
            double x = a[aFrom + i];
            double y = b[bFrom + i];
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }
        return aa == 0 || bb == 0 ? -1 : ab / Math.sqrt(aa * bb);
    }

    private static int onset(short[] samples) {
        for (int at = 0; at + FRAME <= samples.length; at += FRAME / 4) {
            if (rms(samples, at, FRAME) >= AUDIBLE_RMS) {
                return at;
            }
        }
        return 0;
    }

    private static int audibleEnd(short[] samples) {
        for (int at = samples.length - FRAME; at >= 0; at -= FRAME / 4) {
            if (rms(samples, at, FRAME) >= AUDIBLE_RMS) {
                return at + FRAME;
            }
        }
        return samples.length;
    }

    static double rms(short[] samples, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / count);
    }

    private record Template(
            SpeechClip clip,
            @SuppressWarnings("ArrayRecordComponent") short[] samples,
            int onset,
            int end) {
        int audibleLength() {
            return end - onset;
        }
    }

    /**
     * How well an utterance fits a clip.
     *
     * @param clip the candidate
     * @param fitting audible segments of 60 ms that fit
     * @param audible audible segments in the clip
     * @param slips how often the audio moved against the clip: lost or repeated frames
     */
    record Alignment(SpeechClip clip, int fitting, int audible, int slips) {

        double share() {
            return audible == 0 ? 0 : (double) fitting / audible;
        }

        boolean recognised() {
            return share() >= NEEDED_SHARE && audible - fitting <= TOLERATED && slips <= TOLERATED;
        }

        String finding() {
            return "closest to \"%s\": %d of %d segments fit, %d slips".formatted(clip.id(), fitting, audible, slips);
        }
    }
}
