package dev.throughline.mediabridge.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The bridge in numbers. No tag names a call, a lead or a tenant. */
@Singleton
final class BridgeMetrics {

    private final Timer toAgentDelay;
    private final Timer toCallerDelay;
    private final Timer setup;
    private final Timer firstAudio;
    private final Timer response;
    private final Counter framesIn;
    private final Counter framesOut;
    private final Counter voided;
    private final Counter malformed;
    private final Counter dropped;
    private final Counter interruptions;
    private final Counter reopened;
    private final Map<DisconnectCause, Counter> ended = new EnumMap<>(DisconnectCause.class);

    BridgeMetrics(MeterRegistry metrics, SessionRegistry sessions) {
        metrics.gauge("throughline.bridge.calls.active", sessions, SessionRegistry::active);
        this.toAgentDelay = delay(metrics, "to-agent");
        this.toCallerDelay = delay(metrics, "to-caller");
        this.setup = timer(metrics, "throughline.bridge.setup", "From the stream's start to the agent's metadata");
        this.firstAudio =
                timer(metrics, "throughline.bridge.first.audio", "From the stream's start to the first agent audio");
        this.response = timer(
                metrics, "throughline.bridge.response", "From the caller's transcript to the agent's first audio");
        this.framesIn = metrics.counter("throughline.bridge.frames", "direction", "to-agent");
        this.framesOut = metrics.counter("throughline.bridge.frames", "direction", "to-caller");
        this.voided = metrics.counter("throughline.bridge.frames.voided");
        this.malformed = metrics.counter("throughline.bridge.frames.malformed");
        this.dropped = metrics.counter("throughline.bridge.frames.dropped");
        this.interruptions = metrics.counter("throughline.bridge.interruptions");
        this.reopened = metrics.counter("throughline.bridge.conversations.reopened");
        for (DisconnectCause cause : DisconnectCause.values()) {
            ended.put(cause, metrics.counter("throughline.bridge.streams.ended", "cause", cause.tag()));
        }
    }

    void frameToAgent(long delayNanos) {
        framesIn.increment();
        toAgentDelay.record(delayNanos, TimeUnit.NANOSECONDS);
    }

    void frameToCaller(long delayNanos) {
        framesOut.increment();
        toCallerDelay.record(delayNanos, TimeUnit.NANOSECONDS);
    }

    void setup(long millis) {
        setup.record(Duration.ofMillis(millis));
    }

    void firstAudio(long millis) {
        firstAudio.record(Duration.ofMillis(millis));
    }

    void response(long millis) {
        response.record(Duration.ofMillis(millis));
    }

    void voided() {
        voided.increment();
    }

    void malformed() {
        malformed.increment();
    }

    void interrupted() {
        interruptions.increment();
    }

    void reopened() {
        reopened.increment();
    }

    void ended(DisconnectCause cause, long framesDropped) {
        ended.get(cause).increment();
        dropped.increment((double) framesDropped);
    }

    private static Timer delay(MeterRegistry metrics, String direction) {
        return Timer.builder("throughline.bridge.frame.delay")
                .description("From a frame's arrival to its write to the other socket")
                .tag("direction", direction)
                .publishPercentiles(0.5, 0.99)
                .distributionStatisticExpiry(Duration.ofMinutes(5))
                .register(metrics);
    }

    private static Timer timer(MeterRegistry metrics, String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentiles(0.5, 0.99)
                .register(metrics);
    }
}
