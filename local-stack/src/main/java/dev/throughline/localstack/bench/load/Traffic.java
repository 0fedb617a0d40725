package dev.throughline.localstack.bench.load;

import io.netty.buffer.ByteBuf;
import org.HdrHistogram.Histogram;

/** What all calls share: the figures, and the scratch space of the one event loop they live on. */
final class Traffic {

    /** How the far end speaks. */
    enum Dialect {
        /** ElevenLabs, with mu-law: the bridge is between. */
        ULAW("ulaw_8000", 160),
        /** ElevenLabs, with 16 kHz PCM: the bridge transcodes, and stamps do not survive. */
        PCM("pcm_16000", 640),
        /** Twilio's own frames at both ends: whatever is between translates nothing. */
        PLAIN("plain", 160);

        private final String format;
        private final int frameBytes;

        Dialect(String format, int frameBytes) {
            this.format = format;
            this.frameBytes = frameBytes;
        }

        /** As ElevenLabs names it. */
        String format() {
            return format;
        }
    }

    private static final int LARGEST_MESSAGE = 8_192;
    private static final long LONGEST_LATENESS_MICROS = 60_000_000;

    final Direction toAgent = new Direction();
    final Direction toCaller = new Direction();
    final Text text = new Text(LARGEST_MESSAGE);
    private final Histogram latenessMicros = new Histogram(1, LONGEST_LATENESS_MICROS, 3);
    private final StampedAudio callerAudio = new StampedAudio(Dialect.ULAW.frameBytes);
    private StampedAudio agentAudio = callerAudio;
    private Dialect dialect = Dialect.ULAW;

    Dialect dialect() {
        return dialect;
    }

    /** Other calls come, and speak so. */
    void begin(Dialect next) {
        dialect = next;
        agentAudio = new StampedAudio(next.frameBytes);
        toAgent.clear();
        toCaller.clear();
    }

    /** Begins a new span of measurement. */
    void reset() {
        toAgent.reset();
        toCaller.reset();
        latenessMicros.reset();
    }

    /** The next frame of the caller. */
    byte[] callerFrame(int call, int number) {
        toAgent.sent();
        return callerAudio.stamped(true, call, number, System.nanoTime());
    }

    /** The next frame of the agent. */
    byte[] agentFrame(int call, int number) {
        toCaller.sent();
        return agentAudio.stamped(false, call, number, System.nanoTime());
    }

    /** A tick that should have been {@code nanos} ago: what the load generator itself is late. */
    void late(long nanos) {
        latenessMicros.recordValue(Math.clamp(nanos / 1_000, 1, LONGEST_LATENESS_MICROS));
    }

    double latenessMillis(double percentile) {
        return latenessMicros.getValueAtPercentile(percentile) / 1_000.0;
    }

    /**
     * An audio message arrived whose stamp, if it has one, begins at {@code at}.
     *
     * @param expected the number that should come
     * @return the number that should come next
     */
    int arrived(boolean atAgent, int call, int expected, ByteBuf message, int at, int end) {
        Direction direction = atAgent ? toAgent : toCaller;
        if (dialect == Dialect.PCM) {
            direction.received(true);
            return expected + 1;
        }
        long now = System.nanoTime();
        StampedAudio stamp = callerAudio;
        if (!stamp.read(message, at, end) || stamp.toAgent() != atAgent || stamp.call() != call) {
            direction.foreign();
            return expected;
        }
        direction.received(stamp.number() >= expected);
        direction.delay(now - stamp.nanos());
        return Math.max(expected, stamp.number() + 1);
    }
}
