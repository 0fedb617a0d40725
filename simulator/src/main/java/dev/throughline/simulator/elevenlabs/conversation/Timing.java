package dev.throughline.simulator.elevenlabs.conversation;

import java.time.Duration;

/**
 * The provider's clocks, shortened by tests.
 *
 * @param idle how long a conversation lives without anything from the client (documented: 60 s)
 * @param pingEvery pause between two pings; the provider names none, 2 s is a guess
 * @param pongWithin how long a pong may take before it is reported; a guess
 * @param postCallDelay from the end of a conversation to its webhook: the analysis
 * @param retryUnit the second of the webhook's retry pauses (30, 120, 480 and 1800 of them)
 * @param signedUrlLife how long a signed URL can open a conversation (documented: 15 min)
 */
public record Timing(
        Duration idle,
        Duration pingEvery,
        Duration pongWithin,
        Duration postCallDelay,
        Duration retryUnit,
        Duration signedUrlLife) {

    /** As documented. */
    public static final Timing REAL = new Timing(
            Duration.ofSeconds(60),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ofSeconds(1),
            Duration.ofMinutes(15));

    /** The same with another idle limit. */
    public Timing withIdle(Duration limit) {
        return new Timing(limit, pingEvery, pongWithin, postCallDelay, retryUnit, signedUrlLife);
    }

    /** The same with another pause between pings and for the pong. */
    public Timing withPing(Duration every, Duration pong) {
        return new Timing(idle, every, pong, postCallDelay, retryUnit, signedUrlLife);
    }

    /** The same with another second for the retry pauses. */
    public Timing withRetryUnit(Duration unit) {
        return new Timing(idle, pingEvery, pongWithin, postCallDelay, unit, signedUrlLife);
    }
}
