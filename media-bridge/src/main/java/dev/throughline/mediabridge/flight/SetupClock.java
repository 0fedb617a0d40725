package dev.throughline.mediabridge.flight;

import dev.throughline.events.CallFlight;
import java.time.Instant;

/**
 * The way to the first word. Every moment is kept in whole milliseconds since the upgrade, and the steps are differences of those, so
 * that they add up to the whole exactly. One thread.
 */
final class SetupClock {

    private static final long UNKNOWN = -1;

    private final long upgradedNanos;
    private final Instant upgradedAt;
    private long webhookMillis = UNKNOWN;
    private long connectMillis = UNKNOWN;
    private long started = UNKNOWN;
    private long ready = UNKNOWN;
    private long firstAudio = UNKNOWN;

    SetupClock(long upgradedNanos, Instant upgradedAt) {
        this.upgradedNanos = upgradedNanos;
        this.upgradedAt = upgradedAt;
    }

    /** What the token tells; -1 for what it does not. Two machines' clocks may disagree: never less than 0. */
    void invited(long webhook, long issuedEpochMillis) {
        webhookMillis = webhook;
        connectMillis = issuedEpochMillis < 0 ? UNKNOWN : Math.max(0, upgradedAt.toEpochMilli() - issuedEpochMillis);
    }

    void started(long nowNanos) {
        started = since(nowNanos);
    }

    /** Only the first conversation counts. */
    void ready(long nowNanos) {
        ready = ready == UNKNOWN ? since(nowNanos) : ready;
    }

    /** Only the first counts; returns whether this was it. */
    boolean firstAudio(long nowNanos) {
        boolean first = firstAudio == UNKNOWN;
        firstAudio = first ? since(nowNanos) : firstAudio;
        return first;
    }

    /** From {@code start} to the agent's metadata, 0 when they were there before; -1 when either never came. */
    long fromStartToReady() {
        return started < 0 || ready < 0 ? UNKNOWN : Math.max(0, ready - started);
    }

    /** From {@code start} to the first audio; -1 when either never came. */
    long fromStartToFirstAudio() {
        return started < 0 || firstAudio < 0 ? UNKNOWN : firstAudio - started;
    }

    /** The steps; -1 for those that did not happen, or that nobody told. */
    CallFlight.Setup setup() {
        long bothReady = started < 0 || ready < 0 ? UNKNOWN : Math.max(started, ready);
        long toFirst = bothReady < 0 || firstAudio < 0 ? UNKNOWN : firstAudio - bothReady;
        long told = Math.max(0, webhookMillis) + Math.max(0, connectMillis);
        return new CallFlight.Setup(
                webhookMillis,
                connectMillis,
                started,
                fromStartToReady(),
                toFirst,
                firstAudio < 0 ? UNKNOWN : told + firstAudio);
    }

    private long since(long nowNanos) {
        return (nowNanos - upgradedNanos) / 1_000_000;
    }
}
