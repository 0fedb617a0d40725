package dev.throughline.simulator.twilio.audio;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The utterances a caller heard: played audio without the gaps of a queue that ran dry, cut into segments where it was silent
 * for long or cleared. Keeps 10 minutes of audio and 1000 segments; what comes later only counts.
 */
public final class HeardAudio {

    private static final int MAX_BYTES = 10 * 60 * 1000 * MuLaw.BYTES_PER_MILLI;
    private static final int MAX_SEGMENTS = 1000;
    /** A pause this long ends an utterance. */
    private static final int PAUSE_MILLIS = 700;

    private final List<Segment> segments = new ArrayList<>();
    private int keptBytes;

    /** One utterance. */
    private static final class Segment {
        private final long fromMillis;
        private long untilMillis;
        private long bytes;
        private boolean cut;
        private final ByteArrayOutputStream audio = new ByteArrayOutputStream();

        private Segment(long fromMillis) {
            this.fromMillis = fromMillis;
        }
    }

    /**
     * An utterance as it was heard.
     *
     * @param fromMillis milliseconds from the start of the stream
     * @param millis how much of it was audio
     * @param cut whether {@code clear} ended it
     * @param audio mu-law, without gaps
     */
    public record Utterance(
            long fromMillis,
            long millis,
            boolean cut,
            @SuppressWarnings("ArrayRecordComponent") byte[] audio) {}

    /** {@code length} bytes of {@code frame} were played in the slot that began at {@code atMillis}. */
    public synchronized void played(byte[] frame, int length, long atMillis) {
        Segment last = segments.isEmpty() ? null : segments.getLast();
        if (last == null || last.cut || atMillis - last.untilMillis > PAUSE_MILLIS) {
            if (segments.size() == MAX_SEGMENTS) {
                return;
            }
            last = new Segment(atMillis);
            segments.add(last);
        }
        last.untilMillis = atMillis + MuLaw.FRAME_MILLIS;
        last.bytes += length;
        if (keptBytes + length <= MAX_BYTES) {
            keptBytes += length;
            last.audio.write(frame, 0, length);
        }
    }

    /** The queue was cleared with something in it. */
    public synchronized void cut() {
        if (!segments.isEmpty()) {
            segments.getLast().cut = true;
        }
    }

    /** Everything heard so far, in order. */
    public synchronized List<Utterance> utterances() {
        return segments.stream()
                .map(each -> new Utterance(
                        each.fromMillis, each.bytes / MuLaw.BYTES_PER_MILLI, each.cut, each.audio.toByteArray()))
                .toList();
    }
}
