package dev.throughline.mediabridge.flight;

import dev.throughline.events.CallFlight;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What every call's flight record adds to the service's numbers. In Prometheus, durations in seconds, with the 0.5 and 0.99 quantile:
 *
 * <ul>
 *   <li>{@code throughline_bridge_frame_delay_seconds{direction}}: from a frame's arrival to its write to the other socket, of one frame in 16
 *   <li>{@code throughline_bridge_frames_total{direction}}, {@code …_frames_late_total{direction}}: passed on; of those after over 20 ms
 *   <li>{@code throughline_bridge_setup_seconds}, {@code …_first_audio_seconds}: from the stream's start to the agent's metadata, to
 *       the first audio written
 *   <li>{@code throughline_bridge_setup_step_seconds{step}}: webhook, connect, start, agent, first-audio, total, as in {@link CallFlight}
 *   <li>{@code throughline_bridge_response_seconds}: from the caller's transcript to the agent's first audio
 *   <li>{@code throughline_bridge_response_step_seconds{step}}: transcript, agent-text, audio-in, audio-out, whole, likewise
 *   <li>{@code throughline_bridge_interruptions_total}, {@code …_gaps_total}, {@code …_conversations_reopened_total}
 *   <li>{@code throughline_bridge_sockets_closed_total{leg,code}}: close codes, -1 when the transport was lost
 * </ul>
 */
@Singleton
public final class FlightMetrics {

    private final MeterRegistry metrics;
    private final FrameCount.Total toAgent;
    private final FrameCount.Total toCaller;
    private final Timer setup;
    private final Timer firstAudio;
    private final Timer response;
    private final Counter interruptions;
    private final Counter reopened;
    private final Counter gaps;

    FlightMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        this.toAgent = new Direction(metrics, "to-agent");
        this.toCaller = new Direction(metrics, "to-caller");
        this.setup = timer("throughline.bridge.setup", "From the stream's start to the agent's metadata");
        this.firstAudio = timer("throughline.bridge.first.audio", "From the stream's start to the first agent audio");
        this.response = timer("throughline.bridge.response", "From the caller's transcript to the agent's first audio");
        this.interruptions = metrics.counter("throughline.bridge.interruptions");
        this.reopened = metrics.counter("throughline.bridge.conversations.reopened");
        this.gaps = metrics.counter("throughline.bridge.gaps");
    }

    FrameCount.Total toAgent() {
        return toAgent;
    }

    FrameCount.Total toCaller() {
        return toCaller;
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

    void answered(CallFlight.Turn turn) {
        step("response", "transcript", turn.transcriptMillis());
        step("response", "agent-text", turn.agentTextMillis());
        step("response", "audio-in", turn.audioInMillis());
        step("response", "audio-out", turn.audioOutMillis());
        step("response", "whole", turn.responseMillis());
    }

    void interrupted() {
        interruptions.increment();
    }

    void reopened() {
        reopened.increment();
    }

    void ended(CallFlight flight) {
        CallFlight.Setup steps = flight.setup();
        step("setup", "webhook", steps.webhookMillis());
        step("setup", "connect", steps.connectMillis());
        step("setup", "start", steps.startMillis());
        step("setup", "agent", steps.agentMillis());
        step("setup", "first-audio", steps.firstAudioMillis());
        step("setup", "total", steps.totalMillis());
        gaps.increment(flight.gaps());
        closed("carrier", flight.carrierCloseCode());
        Integer agentCode = flight.agentCloseCode();
        if (agentCode != null) {
            closed("agent", agentCode);
        }
    }

    private void closed(String leg, int code) {
        metrics.counter("throughline.bridge.sockets.closed", "leg", leg, "code", Integer.toString(code))
                .increment();
    }

    /** Steps that did not happen (-1) are not measured. */
    private void step(String of, String step, long millis) {
        if (millis >= 0) {
            Timer.builder("throughline.bridge." + of + ".step")
                    .tag("step", step)
                    .publishPercentiles(0.5, 0.99)
                    .register(metrics)
                    .record(Duration.ofMillis(millis));
        }
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentiles(0.5, 0.99)
                .register(metrics);
    }

    private static final class Direction implements FrameCount.Total {

        private final Counter frames;
        private final Counter late;
        private final Timer delay;

        private Direction(MeterRegistry metrics, String direction) {
            this.frames = metrics.counter("throughline.bridge.frames", "direction", direction);
            this.late = metrics.counter("throughline.bridge.frames.late", "direction", direction);
            this.delay = Timer.builder("throughline.bridge.frame.delay")
                    .description("From a frame's arrival to its write to the other socket")
                    .tag("direction", direction)
                    .publishPercentiles(0.5, 0.99)
                    .distributionStatisticExpiry(Duration.ofMinutes(5))
                    .register(metrics);
        }

        @Override
        public void add(long newFrames, long newLate) {
            frames.increment((double) newFrames);
            late.increment((double) newLate);
        }

        @Override
        public void delay(long nanos) {
            delay.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
