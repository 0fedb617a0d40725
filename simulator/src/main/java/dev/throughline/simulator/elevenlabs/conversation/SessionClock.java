package dev.throughline.simulator.elevenlabs.conversation;

import io.vertx.core.Vertx;

/** The limits of one socket: idle, longest duration, silence; and its pings. Starts counting when made. */
final class SessionClock {

    private final Vertx vertx;
    private final long idleMillis;
    private final long ticker;
    private final Runnable ping;
    private final long pingEvery;
    private final long startedAt = now();
    private long pinger = -1;
    private long maxMillis = Long.MAX_VALUE;
    private long lastMessageAt = startedAt;
    private long lastSpeechAt = startedAt;

    SessionClock(Vertx vertx, Timing timing, Runnable tick, Runnable ping) {
        this.vertx = vertx;
        this.ping = ping;
        idleMillis = timing.idle().toMillis();
        pingEvery = timing.pingEvery().toMillis();
        ticker = vertx.setPeriodic(Math.clamp(idleMillis / 4, 10, 250), timer -> tick.run());
    }

    /** The conversation has begun and may last {@code limitMillis}. */
    void start(long limitMillis) {
        maxMillis = limitMillis;
        pinger = vertx.setPeriodic(pingEvery, timer -> ping.run());
    }

    void heardFromClient() {
        lastMessageAt = now();
    }

    void speech() {
        lastSpeechAt = now();
    }

    boolean idleTooLong() {
        return now() - lastMessageAt > idleMillis;
    }

    boolean tooLong() {
        return now() - startedAt > maxMillis;
    }

    long silentForMillis() {
        return now() - lastSpeechAt;
    }

    void stop() {
        vertx.cancelTimer(ticker);
        vertx.cancelTimer(pinger);
    }

    /** Milliseconds of a clock that only goes forward. */
    static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
