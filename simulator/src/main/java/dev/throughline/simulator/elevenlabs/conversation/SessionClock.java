package dev.throughline.simulator.elevenlabs.conversation;

import io.vertx.core.Vertx;

/** The clock of one socket: how long the client was silent on the wire, and when to ping. Starts counting when made. */
final class SessionClock {

    private final Vertx vertx;
    private final long idleMillis;
    private final long ticker;
    private final Runnable ping;
    private final long pingEvery;
    private long pinger = -1;
    private long lastMessageAt = now();

    SessionClock(Vertx vertx, Timing timing, Runnable tick, Runnable ping) {
        this.vertx = vertx;
        this.ping = ping;
        idleMillis = timing.idle().toMillis();
        pingEvery = timing.pingEvery().toMillis();
        ticker = vertx.setPeriodic(Math.clamp(idleMillis / 4, 10, 250), timer -> tick.run());
    }

    /** The conversation has begun. */
    void start() {
        pinger = vertx.setPeriodic(pingEvery, timer -> ping.run());
    }

    void heardFromClient() {
        lastMessageAt = now();
    }

    boolean idleTooLong() {
        return now() - lastMessageAt > idleMillis;
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
