package dev.throughline.mediabridge.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The limits of a call and of all calls. */
@ConfigMapping(prefix = "throughline.bridge")
public interface BridgeConfig {

    /** Streams at once; one more is answered 503. Raising it costs CPU: about 0.3 % of a core per call. */
    @WithDefault("200")
    int maxCalls();

    /** From the upgrade to {@code start}; lowering it frees the places of idle sockets sooner. */
    @WithDefault("5s")
    Duration startTimeout();

    /** Streams at once whose address names no call and that have sent no {@code start}; one more is answered 503. */
    @WithDefault("100")
    int maxUnstarted();

    /** The longest call; the agent is told a minute before. */
    @WithDefault("1h")
    Duration maxCallDuration();

    /** The longest silence of the carrier's socket; Twilio sends fifty frames a second, so silence means that it is gone. */
    @WithDefault("20s")
    Duration idleTimeout();

    /** How long a caller may say nothing; the agent is then asked to say good-bye, and half a minute later the call ends. */
    @WithDefault("5m")
    Duration callerSilence();

    /** Messages of one carrier's socket that could not be read, before it is closed. */
    @WithDefault("200")
    int maxUnreadable();

    /** How long one write to the carrier may take. */
    @WithDefault("10s")
    Duration writeTimeout();

    /** The largest message from the carrier, in bytes. */
    @WithDefault("65536")
    int maxMessageBytes();

    /** Agent audio waiting for a slow carrier, in characters of frames; 11,000 are one second. */
    @WithDefault("1048576")
    int maxQueuedAudio();

    /** Caller audio waiting for the agent to be ready, in frames of usually 20 ms. */
    @WithDefault("100")
    int maxEarlyFrames();

    /** From the agent's open socket to the conversation's beginning. */
    @WithDefault("5s")
    Duration metadataTimeout();

    /** How long the last words may take to be played before the stream is closed anyway. */
    @WithDefault("30s")
    Duration playOutTimeout();

    /** How long live calls may go on after the service was told to stop. */
    @WithDefault("60s")
    Duration drainGrace();
}
