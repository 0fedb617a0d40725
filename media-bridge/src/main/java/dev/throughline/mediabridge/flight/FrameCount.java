package dev.throughline.mediabridge.flight;

/**
 * The frames of one call in one direction. They come so often that the service's numbers get them in sums, and the delay of one in
 * {@value #SAMPLE}. One thread.
 */
final class FrameCount {

    /** The service's numbers of one direction. Thread-safe. */
    interface Total {

        /** So many frames more, of which so many late. */
        void add(long frames, long late);

        /** One frame's delay, which stands for some others. */
        void delay(long nanos);
    }

    private static final long LATE_NANOS = 20_000_000L;
    private static final int SAMPLE = 16;

    private final Total total;
    private long frames;
    private long late;
    private long reportedFrames;
    private long reportedLate;

    FrameCount(Total total) {
        this.total = total;
    }

    /** One was passed on that had come in so long ago. */
    void frame(long waitedNanos) {
        frames++;
        if (waitedNanos > LATE_NANOS) {
            late++;
        }
        if (frames % SAMPLE == 1) {
            total.delay(waitedNanos);
        }
    }

    /** Adds to the total what came since the last time. */
    void report() {
        if (frames != reportedFrames) {
            total.add(frames - reportedFrames, late - reportedLate);
            reportedFrames = frames;
            reportedLate = late;
        }
    }

    long frames() {
        return frames;
    }

    long late() {
        return late;
    }
}
